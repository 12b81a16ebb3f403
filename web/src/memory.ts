import { place } from './router.ts';

/** How many entries of the history are shown as they were when one comes back to them. */
const KEPT = 12;
const states = new Map<string, Map<string, unknown>>();

/** What a page made for an entry of the history: the same again after "back". */
export function kept<T>(key: string, name: string, make: () => T): T {
  const state = states.get(key) ?? new Map<string, unknown>();
  states.delete(key);
  states.set(key, state);
  for (const oldest of states.keys()) {
    if (states.size <= KEPT) {
      break;
    }
    states.delete(oldest);
  }
  if (!state.has(name)) {
    state.set(name, make());
  }
  return state.get(name) as T;
}

/** Forgets all, as when somebody else signs in. */
export function forget(): void {
  states.clear();
}

/** Where a reader was in an entry: the item at the top of the screen, how far below the edge it began, and how many were loaded. */
interface Position {
  y: number;
  item?: string;
  top?: number;
  loaded: number;
}

function name(key: string): string {
  return `at:${key}`;
}

/** The entry that is on the screen, which may be the one before {@link place} while a page is loaded. */
let showing = place.value.key;

/** Whether it is not yet where its reader left it: what the screen shows till then is not to be noted. */
let restoring = position(showing) !== undefined;

export function show(key: string): void {
  showing = key;
}

export function hold(on: boolean): void {
  restoring = on;
}

/** Notes the position for "back" and reload. */
export function notePosition(): void {
  if (restoring) {
    return;
  }
  const items = [...document.querySelectorAll<HTMLElement>('[data-item]')];
  const first = items.find(item => item.getBoundingClientRect().bottom > 0);
  const at: Position = { y: scrollY, loaded: items.length };
  if (first?.dataset.item !== undefined && scrollY > 0) {
    at.item = first.dataset.item;
    at.top = first.getBoundingClientRect().top;
  }
  sessionStorage.setItem(name(showing), JSON.stringify(at));
}

export function position(key: string): Position | undefined {
  const text = sessionStorage.getItem(name(key));
  return text === null ? undefined : (JSON.parse(text) as Position);
}

/** Scrolls to where the reader was, if that was noted; false when what was there has not come yet. */
export function restorePosition(key: string): boolean {
  const at = position(key);
  if (at === undefined) {
    return true;
  }
  const item = at.item === undefined ? null : document.querySelector(`[data-item="${at.item}"]`);
  if (at.item !== undefined && item === null) {
    return false;
  }
  scrollTo({ top: item === null ? at.y : item.getBoundingClientRect().top + scrollY - (at.top ?? 0), behavior: 'instant' });
  return true;
}
