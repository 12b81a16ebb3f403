import { signal, effect } from '@preact/signals';
import type { JSX } from 'preact';
import { t, type MessageKey } from '../i18n/i18n.ts';
import { connection, online } from './live.ts';

/** Milliseconds that a connection may be away before one is told, and that "up to date" is shown after it. */
const PATIENCE = 1_000;
const PRAISE = 2_500;
/** The same before the first connection, which nobody misses at once. */
const FIRST_PATIENCE = 8_000;

const shown = signal<MessageKey | null>(null);
let wasOn = false;
let timer: ReturnType<typeof setTimeout> | undefined;

effect(() => {
  const state = connection.value;
  const network = online.value;
  clearTimeout(timer);
  if (!network && state !== 'on') {
    shown.value = 'live.offline';
  } else if (state === 'on') {
    if (shown.peek() !== null) {
      shown.value = 'live.upToDate';
      timer = setTimeout(() => (shown.value = null), PRAISE);
    }
    wasOn = true;
  } else if (state === 'connecting') {
    timer = setTimeout(() => (shown.value = 'live.reconnecting'), wasOn ? PATIENCE : FIRST_PATIENCE);
  } else {
    wasOn = false;
    shown.value = null;
  }
});

/** Says that what is shown may be old, and when it is not any more. */
export function ConnectionBanner(): JSX.Element {
  return (
    <div class="banner-place" aria-live="polite">
      {shown.value !== null && <p class={`banner ${shown.value === 'live.upToDate' ? 'good' : ''}`}>{t(shown.value)}</p>}
    </div>
  );
}
