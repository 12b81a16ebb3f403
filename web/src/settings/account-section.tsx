import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { PasswordField } from '../session/password-field.tsx';
import { ended, signOut } from '../session/session.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Form, inWords, type Values } from '../ui/form.tsx';
import { complain, toast } from '../ui/toast.tsx';
import type { SectionProps } from './settings-page.tsx';

async function leave({ password = '' }: Values): Promise<void> {
  try {
    await api('delete', '/api/v1/accounts/me', { body: { password } });
  } catch (error) {
    throw inWords(error, 403, t('password.wrong'), 'password');
  }
  ended();
  go('/');
  toast(t('leave.done'));
}

/** The password, the sessions, and leaving for good. */
export function AccountSection({ account: { handle } }: SectionProps): JSX.Element {
  const [leaving, setLeaving] = useState(false);
  // The fields of a password that was changed are empty again.
  const [changes, setChanges] = useState(0);
  const change = async (values: Values) => {
    try {
      await api('put', '/api/v1/accounts/me/password', { body: { current: values.current ?? '', new: values.new ?? '' } });
    } catch (error) {
      throw inWords(error, 403, t('password.wrong'), 'current');
    }
    setChanges(changes + 1);
    toast(t('password.changed'));
  };
  return (
    <>
      <section class="part">
        <h2>{t('password.change')}</h2>
        <Form key={changes} action={t('password.do')} onSend={change}>
          {/* Tells a password manager whose password it is. */}
          <input hidden readOnly autocomplete="username" value={handle} />
          <PasswordField name="current" label={t('password.current')} />
          <PasswordField name="new" label={t('password.new')} fresh />
          <p class="hint">{t('password.text')}</p>
        </Form>
      </section>
      <section class="part">
        <h2>{t('sessions.title')}</h2>
        <p class="quiet">{t('sessions.text')}</p>
        <p>
          <a href="/sessions">{t('sessions.see')}</a>
        </p>
        {/* A phone's header has no room for it. */}
        <p>
          <button type="button" onClick={() => signOut().catch(complain)}>
            {t('signOut')}
          </button>
        </p>
      </section>
      <section class="part">
        <h2>{t('leave.title')}</h2>
        <p class="quiet">{t('leave.text')}</p>
        <button type="button" class="danger" onClick={() => setLeaving(true)}>
          {t('leave.ask')}
        </button>
      </section>
      {leaving && (
        <Dialog title={t('leave.sure')} onClose={() => setLeaving(false)}>
          <p class="notice">{t('leave.warning', { handle })}</p>
          <Form action={t('leave.do')} danger onSend={leave}>
            <PasswordField name="password" label={t('account.password')} />
          </Form>
        </Dialog>
      )}
    </>
  );
}
