import { effect, signal } from '@preact/signals';
import { unread } from '../notification/unread.ts';

const heading = signal('');

/** Names the page in the browser's tab. */
export function entitle(text: string): void {
  heading.value = text;
}

effect(() => {
  if (heading.value !== '') {
    document.title = `${unread.value > 0 ? `(${unread.value}) ` : ''}${heading.value} · Freshet`;
  }
});
