import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Problem } from '../api/client.ts';
import { t, type MessageKey } from '../i18n/i18n.ts';

/** Milliseconds: long enough to read, and to reach for "undo". */
const SHOWN = 6_000;
const SHOWN_TO_ACT = 20_000;
/** Milliseconds after which one that is held is looked at again. */
const HELD = 2_000;

interface Toast {
  id: number;
  text: string;
  action?: { label: MessageKey; run: () => void };
}

/** One at most with an action, and one without. */
const shown = signal<Toast[]>([]);
let last = 0;

/** Says in passing what was done, with a way back where there is one. */
export function toast(text: string, action?: Toast['action']): void {
  const others = shown.value.filter(it => (it.action === undefined) !== (action === undefined));
  shown.value = [...others, { id: ++last, text, ...(action === undefined ? {} : { action }) }];
}

/** Does what the toast offers that is shown; false if none does. */
export function takeBack(): boolean {
  const offer = shown.value.find(it => it.action !== undefined);
  if (offer !== undefined) {
    end(offer);
    offer.action?.run();
  }
  return offer !== undefined;
}

function end(it: Toast): void {
  shown.value = shown.value.filter(other => other !== it);
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
  return (
    <div class="toasts" role="status">
      {shown.value.map(it => (
        <Passing key={it.id} toast={it} />
      ))}
    </div>
  );
}

/** Goes by itself, but not under somebody's hands. */
function Passing({ toast: it }: { toast: Toast }): JSX.Element {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const pass = () => {
      if (element.current?.matches(':hover, :focus-within') === true) {
        timer = setTimeout(pass, HELD);
      } else {
        end(it);
      }
    };
    let timer = setTimeout(pass, it.action === undefined ? SHOWN : SHOWN_TO_ACT);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="toast" ref={element}>
      <span>{it.text}</span>
      {it.action !== undefined && (
        <button type="button" onClick={takeBack}>
          {t(it.action.label)}
        </button>
      )}
    </div>
  );
}
