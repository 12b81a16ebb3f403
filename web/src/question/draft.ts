import { useState } from 'preact/hooks';
import { newKey } from '../keys.ts';
import { me } from '../session/session.ts';

/** A draft, what changes parts of it, and what sends it: with a key by which it is not made twice. */
export type Drafting<T> = [T, (change: Partial<T>) => void, <R>(post: (key: string) => Promise<R>) => Promise<R>];

/** What somebody is writing: kept by the browser for this account until it is sent. */
export function useDraft<T>(name: string, empty: T): Drafting<T> {
  const place = `draft:${me.value?.id ?? ''}:${name}`;
  const [draft, setDraft] = useState<T>(() => ({ ...empty, ...(JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<T>) }));
  const change = (part: Partial<T>) => {
    setDraft(before => {
      const after = { ...before, ...part };
      localStorage.setItem(place, JSON.stringify(after));
      return after;
    });
  };
  const send = async <R>(post: (key: string) => Promise<R>) => {
    const sent = JSON.stringify(draft);
    const answer = await post(keyFor(place, sent));
    forgetSent(place, sent);
    setDraft(now => (JSON.stringify(now) === sent ? empty : now));
    return answer;
  };
  return [draft, change, send];
}

/** The key that goes with a text: the same until it is known to have arrived, also after a reload. The server refuses it with another text. */
export function keyFor(place: string, sent: string): string {
  const [last, known] = JSON.parse(localStorage.getItem(`${place}:sent`) ?? '[]') as string[];
  const key = last === sent && known !== undefined ? known : newKey();
  localStorage.setItem(`${place}:sent`, JSON.stringify([sent, key]));
  return key;
}

/** Forgets what has arrived, and the draft unless it was written on meanwhile. */
export function forgetSent(place: string, sent: string): void {
  localStorage.removeItem(`${place}:sent`);
  if (localStorage.getItem(place) === sent) {
    localStorage.removeItem(place);
  }
}
