import { api } from '../api/client.ts';
import { complain } from '../ui/toast.tsx';
import type { Thread } from './thread.ts';

type Value = -1 | 0 | 1;

/** Items whose vote is on its way; what is wanted after that is sent then. */
const sending = new Set<string>();

/** Votes for the question or an answer, or takes the same vote back. Shown at once, and taken back when the server refuses. */
export async function vote(thread: Thread, id: string, value: 1 | -1): Promise<void> {
  let sent = votes(thread, id);
  set(thread, id, sent === value ? 0 : value);
  if (sending.has(id)) {
    return;
  }
  sending.add(id);
  try {
    for (let wanted = votes(thread, id); wanted !== sent; wanted = votes(thread, id)) {
      await send(id === thread.id ? '/api/v1/questions/{id}/vote' : '/api/v1/answers/{id}/vote', id, wanted);
      sent = wanted;
    }
  } catch (error) {
    set(thread, id, sent);
    complain(error);
  } finally {
    sending.delete(id);
  }
}

function votes(thread: Thread, id: string): Value {
  return thread.item(id)?.viewer?.vote ?? 0;
}

function set(thread: Thread, id: string, value: Value): void {
  const score = thread.item(id)?.score ?? 0;
  thread.change(id, { viewer: { vote: value }, score: score + value - votes(thread, id) });
}

function send(path: '/api/v1/questions/{id}/vote' | '/api/v1/answers/{id}/vote', id: string, value: Value): Promise<unknown> {
  return value === 0 ? api('delete', path, { path: { id } }) : api('put', path, { path: { id }, body: { value } });
}
