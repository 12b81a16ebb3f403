import { signal } from '@preact/signals';
import { newKey } from './keys.ts';

/** An address of the page, as one entry of the browser's history. */
export interface Place {
  /** Of the entry: the same after back, forward and reload. */
  key: string;
  path: string;
  query: URLSearchParams;
  hash: string;
}

/** Served by the server itself, not by the page. */
const ELSEWHERE = /^\/(docs|api|media|mail|dev|openapi\.yaml|assets)(\/|$)/;

interface Entry {
  key?: string;
}

function read(): Place {
  const state = history.state as Entry | null;
  if (state?.key === undefined) {
    history.replaceState({ key: newKey() } satisfies Entry, '');
  }
  const { pathname, search, hash } = window.location;
  return { key: (history.state as Required<Entry>).key, path: pathname, query: new URLSearchParams(search), hash };
}

/** Where the reader is. */
export const place = signal<Place>(read());

/** Goes to another address of the page. */
export function go(to: string, replace = false): void {
  const key = replace ? place.value.key : newKey();
  history[replace ? 'replaceState' : 'pushState']({ key } satisfies Entry, '', to);
  place.value = read();
}

/** The address with some of its query changed; undefined takes a part away. */
export function withQuery(changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return place.value.path + (text === '' ? '' : `?${text}`);
}

/** Goes to a part of the page that is shown; false: there is none of this name. */
export function reveal(hash: string): boolean {
  const target = document.getElementById(hash.slice(1));
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
  return target !== null;
}

/** Ordinary links become steps within the page. */
export function followLinks(): void {
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', () => (place.value = read()));
  document.addEventListener('click', event => {
    const link = (event.target as Element).closest('a');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain || link === null || link.target !== '' || link.hasAttribute('download')) {
      return;
    }
    if (link.origin === window.location.origin && !ELSEWHERE.test(link.pathname)) {
      event.preventDefault();
      if (link.hash !== '' && link.pathname + link.search === window.location.pathname + window.location.search) {
        reveal(link.hash);
        return;
      }
      go(link.pathname + link.search + link.hash);
    }
  });
}
