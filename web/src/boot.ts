import type { Account, Original, Question, Schemas } from './api/client.ts';

/** What the server sent along with the page, so that the first screen waits for nothing more. */
interface Boot {
  me?: Account;
  unread?: number;
  question?: Question;
  answers?: Schemas['AnswerPage'];
  post?: Original;
  /** The status that the server would have answered instead of this page: it cannot do more at the moment. */
  trouble?: number;
}

const element = typeof document === 'undefined' ? null : document.getElementById('boot');

/** Null when the page is not served by Freshet itself, as in development. */
export const boot: Boot | null = element === null ? null : (JSON.parse(element.textContent) as Boot);

const taken = new Set<keyof Boot>();

/** Gives a part of it once: what is shown later may have changed. */
export function take<K extends keyof Boot>(name: K): Boot[K] | undefined {
  const value = taken.has(name) ? undefined : boot?.[name];
  taken.add(name);
  return value;
}
