import { useState } from 'preact/hooks';
import { me } from '../session/session.ts';

/** What somebody is writing: kept by the browser for this account until it is sent. */
export function useDraft<T>(name: string, empty: T): [T, (change: Partial<T>) => void, () => void] {
  const key = `draft:${me.value?.id ?? ''}:${name}`;
  const [draft, setDraft] = useState<T>(() => ({ ...empty, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<T>) }));
  const change = (part: Partial<T>) => {
    setDraft(before => {
      const after = { ...before, ...part };
      localStorage.setItem(key, JSON.stringify(after));
      return after;
    });
  };
  const clear = () => {
    localStorage.removeItem(key);
    setDraft(empty);
  };
  return [draft, change, clear];
}

/** Gives the same key for the same thing sent again, so that it is not made twice. */
export function keysFor(): (sent: unknown) => string {
  let last = '';
  let key = '';
  return sent => {
    const text = JSON.stringify(sent);
    if (text !== last) {
      last = text;
      key = String(Math.random());
    }
    return key;
  };
}
