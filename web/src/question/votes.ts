import { api, type Answer, type Question } from '../api/client.ts';
import { complain } from '../ui/toast.tsx';
import type { Thread } from './thread.ts';

type Value = -1 | 0 | 1;

/** What the reader wants, and since when the server has it: what was asked for before does not know. */
interface Wish {
  value: Value;
  /** Milliseconds; Infinity while it is on its way. */
  confirmed: number;
}

/** By the item that was voted for. */
const wishes = new Map<string, Wish>();

/** An item that was asked for at some time, with the reader's vote as it is wanted by now. */
export function wished<T extends Question | Answer>(item: T, asked: number): T {
  const wish = wishes.get(item.id);
  return wish === undefined || wish.confirmed < asked ? item : { ...item, ...voted(item, wish.value) };
}

function voted(item: Question | Answer, vote: Value) {
  return { viewer: { vote }, score: item.score + vote - (item.viewer?.vote ?? 0) };
}

/** Votes for the question or an answer, or takes the same vote back. Shown at once, and taken back when the server refuses. */
export async function vote(thread: Thread, id: string, value: 1 | -1): Promise<void> {
  let sent = thread.item(id)?.viewer?.vote ?? 0;
  const wanted = sent === value ? 0 : value;
  show(thread, id, wanted);
  const under = wishes.get(id);
  if (under?.confirmed === Infinity) {
    under.value = wanted;
    return;
  }
  const wish: Wish = { value: wanted, confirmed: Infinity };
  wishes.set(id, wish);
  try {
    while (wish.value !== sent) {
      const next = wish.value;
      await send(id === thread.id ? '/api/v1/questions/{id}/vote' : '/api/v1/answers/{id}/vote', id, next);
      sent = next;
    }
    wish.confirmed = Date.now();
  } catch (error) {
    wishes.delete(id);
    show(thread, id, sent);
    complain(error);
  }
}

function show(thread: Thread, id: string, value: Value): void {
  const item = thread.item(id);
  if (item !== undefined) {
    thread.change(id, voted(item, value));
  }
}

function send(path: '/api/v1/questions/{id}/vote' | '/api/v1/answers/{id}/vote', id: string, value: Value): Promise<unknown> {
  return value === 0 ? api('delete', path, { path: { id } }) : api('put', path, { path: { id }, body: { value } });
}
