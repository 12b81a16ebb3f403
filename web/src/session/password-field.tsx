import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { Field } from '../ui/form.tsx';

/** The server's own bounds, in characters. */
const LEAST = 8;
const MOST = 128;

interface Props {
  name: string;
  label: string;
  /** Whether it is chosen here: then its length counts, and is told as one types. */
  fresh?: boolean;
}

/** How many characters are missing, as the server counts them. */
export function missing(password: string): number {
  return Math.max(0, LEAST - Array.from(password).length);
}

/** A password that one can have shown. */
export function PasswordField({ name, label, fresh = false }: Props): JSX.Element {
  const [shown, setShown] = useState(false);
  const [typed, setTyped] = useState('');
  const more = missing(typed);
  const hint = typed === '' ? t('password.hint', { n: LEAST }) : more > 0 ? t('password.more', { n: more }) : t('password.enough');
  return (
    <Field
      name={name}
      label={label}
      type={shown ? 'text' : 'password'}
      autocomplete={fresh ? 'new-password' : 'current-password'}
      autocapitalize="none"
      spellcheck={false}
      required
      {...(fresh ? { pattern: `.{${LEAST},${MOST}}`, fault: t('password.hint', { n: LEAST }), hint: <span class={more > 0 ? '' : 'good'} aria-live="polite">{hint}</span> } : {})}
      onInput={event => setTyped(event.currentTarget.value)}
      beside={
        <button type="button" class="plain" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {t('password.show')}
        </button>
      }
    />
  );
}
