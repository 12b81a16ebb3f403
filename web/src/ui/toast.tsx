import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Problem } from '../api/client.ts';
import { t, type MessageKey } from '../i18n/i18n.ts';

/** Milliseconds: long enough to reach for "undo". */
const SHOWN = 6_000;

interface Toast {
  text: string;
  action?: { label: MessageKey; run: () => void };
}

const current = signal<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

/** Says in passing what was done, with a way back where there is one. */
export function toast(text: string, action?: Toast['action']): void {
  clearTimeout(timer);
  current.value = action === undefined ? { text } : { text, action };
  timer = setTimeout(() => (current.value = null), SHOWN);
}

/** Says what went wrong, in the server's words where it has some. */
export function complain(error: unknown): void {
  toast(said(error));
}

export function said(error: unknown): string {
  if (error instanceof Problem) {
    return error.status === 0 ? t('error.unreachable') : error.status === 429 ? t('error.tooMany', { n: error.retryAfter }) : error.message;
  }
  return String(error);
}

export function Toasts(): JSX.Element {
  const shown = current.value;
  return (
    <div class="toasts" role="status">
      {shown !== null && (
        <div class="toast">
          <span>{shown.text}</span>
          {shown.action !== undefined && (
            <button
              type="button"
              onClick={() => {
                current.value = null;
                shown.action?.run();
              }}
            >
              {t(shown.action.label)}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
