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
  /** When, in milliseconds: they are sent in this order. */
  at: number;
  text: string;
  media: Medium[];
  state: 'sending' | 'waiting' | 'refused';
  /** Why it was refused. */
  why?: string;
}

/** Each is kept under a name of its own, so that the tabs of a browser do not overwrite each other's. */
const STORED = 'outbox:';
/** Milliseconds until what could not be sent is tried again, unless the server names a time. */
const AGAIN = 5_000;

/** What is not sent yet, the oldest first; survives a reload. */
export const outgoing = signal<Outgoing[]>(stored());
const listeners = new Set<(entry: Entry, key: string) => void>();

function stored(): Outgoing[] {
  const texts = Object.entries({ ...localStorage }).filter(([name]) => name.startsWith(STORED));
  const kept = texts.map(([, text]) => JSON.parse(text as string) as Outgoing);
  return kept.sort((a, b) => a.at - b.at).map(it => (it.state === 'sending' ? { ...it, state: 'waiting' } : it));
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
    keep({ key: newKey(), author: account.id, at: Date.now(), text, media, state: 'waiting' });
    flush();
  }
}

export function discard(key: string): void {
  localStorage.removeItem(STORED + key);
  outgoing.value = outgoing.value.filter(it => it.key !== key);
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
  if (busy) {
    return;
  }
  busy = true;
  try {
    for (let next = waiting(); next !== undefined; next = waiting()) {
      const pause = await send(next);
      if (pause > 0) {
        timer = setTimeout(flush, pause);
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

/** Gives the milliseconds after which it may be tried again, 0 when it is done with. */
async function send(it: Outgoing): Promise<number> {
  mark(it.key, { state: 'sending' });
  try {
    const sent = await api('post', '/api/v1/posts', { key: it.key, body: { text: it.text, media: it.media.map(medium => medium.id) } });
    discard(it.key);
    const entry = entryOf(sent);
    listeners.forEach(listener => listener(entry, it.key));
    return 0;
  } catch (error) {
    if (error instanceof Problem && (error.passing || error.status === 401)) {
      mark(it.key, { state: 'waiting' });
      return Math.max(AGAIN, error.retryAfter * 1000);
    }
    mark(it.key, { state: 'refused', why: error instanceof Error ? error.message : String(error) });
    return 0;
  }
}

function mark(key: string, how: Partial<Outgoing>): void {
  outgoing.value.filter(it => it.key === key).forEach(it => keep({ ...it, ...how }));
}

function keep(it: Outgoing): void {
  localStorage.setItem(STORED + it.key, JSON.stringify(it));
  outgoing.value = [...outgoing.value.filter(other => other.key !== it.key), it].sort((a, b) => a.at - b.at);
}

/** What another tab writes or sends is seen here. */
window.addEventListener('storage', event => {
  if (event.key?.startsWith(STORED) === true) {
    outgoing.value = stored();
  }
});

/** Sends what is left of earlier, and again whenever the network or the writer comes back. */
effect(() => {
  if (online.value && me.value !== null) {
    flush();
  }
});
