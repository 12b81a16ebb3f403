import { effect, signal } from '@preact/signals';
import { api, Problem, type Medium } from '../api/client.ts';
import { newKey } from '../keys.ts';
import { online } from '../live/live.ts';
import { me } from '../session/session.ts';
import { entryOf, type Entry } from './posts.ts';

/** A post of the reader's own that is on its way. */
export interface Outgoing {
  /** Makes sending it again harmless. */
  key: string;
  /** Who wrote it. */
  author: string;
  text: string;
  media: Medium[];
  state: 'sending' | 'waiting' | 'refused';
  /** Why it was refused. */
  why?: string;
}

const STORED = 'outbox';
/** Milliseconds until what could not be sent is tried again. */
const AGAIN = 5_000;

/** What is not sent yet, the oldest first; survives a reload. */
export const outgoing = signal<Outgoing[]>(stored());
const listeners = new Set<(entry: Entry, key: string) => void>();

function stored(): Outgoing[] {
  try {
    const kept = JSON.parse(localStorage.getItem(STORED) ?? '[]') as Outgoing[];
    return kept.map(it => (it.state === 'sending' ? { ...it, state: 'waiting' } : it));
  } catch {
    return [];
  }
}

/** Hears of each post that was sent. Returns what ends it. */
export function whenSent(listener: (entry: Entry, key: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Keeps a post until the server has it, and sends it as soon as that is possible. */
export function post(text: string, media: Medium[]): void {
  const account = me.value;
  if (account !== null) {
    change([...outgoing.value, { key: newKey(), author: account.id, text, media, state: 'waiting' }]);
    flush();
  }
}

export function discard(key: string): void {
  change(outgoing.value.filter(it => it.key !== key));
}

/** Tries what was refused once more. */
export function retry(key: string): void {
  mark(key, { state: 'waiting' });
  flush();
}

let busy = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Sends what waits, one after the other, in the order of writing. */
async function flush(): Promise<void> {
  clearTimeout(timer);
  if (busy || !online.value) {
    return;
  }
  busy = true;
  try {
    for (let next = waiting(); next !== undefined; next = waiting()) {
      if (!(await send(next))) {
        timer = setTimeout(flush, AGAIN);
        break;
      }
    }
  } finally {
    busy = false;
  }
}

function waiting(): Outgoing | undefined {
  return outgoing.value.find(it => it.state === 'waiting' && it.author === me.value?.id);
}

/** False: it was not the time for it. */
async function send(it: Outgoing): Promise<boolean> {
  mark(it.key, { state: 'sending' });
  try {
    const sent = await api('post', '/api/v1/posts', { key: it.key, body: { text: it.text, media: it.media.map(medium => medium.id) } });
    discard(it.key);
    const entry = entryOf(sent);
    listeners.forEach(listener => listener(entry, it.key));
    return true;
  } catch (error) {
    const passing = error instanceof Problem && (error.passing || error.status === 401);
    mark(it.key, passing ? { state: 'waiting' } : { state: 'refused', why: error instanceof Error ? error.message : String(error) });
    return !passing;
  }
}

function mark(key: string, how: Partial<Outgoing>): void {
  change(outgoing.value.map(it => (it.key === key ? { ...it, ...how } : it)));
}

function change(next: Outgoing[]): void {
  outgoing.value = next;
  localStorage.setItem(STORED, JSON.stringify(next));
}

/** Sends what is left of earlier, and again whenever the network or the writer comes back. */
effect(() => {
  if (online.value && me.value !== null) {
    flush();
  }
});
