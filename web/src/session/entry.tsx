import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { me } from './session.ts';

/** Leads on whoever is signed in, at once or when they have done so. */
export function useOnward(next: string): void {
  const account = me.value;
  useEffect(() => {
    if (account !== null) {
      go(next, true);
      // What had it goes with the form.
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }, [account]);
}

/** Said when all was right but the browser did not keep the cookie. */
export function Insecure(): JSX.Element {
  return (
    <p class="notice" role="alert">
      {t('signIn.insecure', { host: window.location.host })}
    </p>
  );
}
