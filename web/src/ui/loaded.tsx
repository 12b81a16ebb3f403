import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { Skeletons } from './late.tsx';
import { said } from './toast.tsx';

/** Something that is fetched: what there is of it, or why there is nothing. */
export interface Loading<T> {
  value?: T;
  error?: unknown;
  set: (value: T) => void;
  again: () => void;
}

/** Fetches something for as long as a component is shown. */
export function useLoaded<T>(load: () => Promise<T>): Loading<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown }>({});
  const set = (value: T) => setState({ value });
  const again = () => {
    load().then(set, (error: unknown) => setState(before => ({ ...before, error })));
  };
  useEffect(again, []);
  return { ...state, set, again };
}

/** Shows what was fetched; before that, that one waits; or what went wrong, with another try. */
export function Loaded<T>({ of, children }: { of: Loading<T>; children: (value: T) => ComponentChildren }): JSX.Element {
  if (of.value !== undefined) {
    return <>{children(of.value)}</>;
  }
  return of.error === undefined ? <Skeletons n={2} /> : <Trouble error={of.error} again={of.again} />;
}

/** What went wrong, with another try. */
export function Trouble({ error, again }: { error: unknown; again: () => void }): JSX.Element {
  return (
    <div class="list-end" role="alert">
      <p class="error">{said(error)}</p>
      <button type="button" onClick={again}>
        {t('retry')}
      </button>
    </div>
  );
}
