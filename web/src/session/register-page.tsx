import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Field, Form, inWords, type Values } from '../ui/form.tsx';
import { entitle } from '../ui/title.ts';
import { Insecure, useOnward } from './entry.tsx';
import { entrance, onward } from './next.ts';
import { PasswordField } from './password-field.tsx';
import { signIn } from './session.ts';

/** Where one becomes a member. */
export default function RegisterPage({ place }: PageProps): JSX.Element {
  entitle(t('register'));
  const next = onward(place.query.get('next'));
  const [kept, setKept] = useState(true);
  const registered = useRef('');
  useOnward(next);
  const send = async ({ handle = '', firstName = '', lastName = '', password = '' }: Values) => {
    // Signing in may have failed after it: then the handle is taken, but by them.
    if (registered.current !== handle) {
      try {
        await api('post', '/api/v1/accounts', { body: { handle, firstName, lastName, password } });
      } catch (error) {
        throw inWords(error, 409, t('register.taken'), 'handle');
      }
      registered.current = handle;
    }
    setKept(await signIn(handle, password));
  };
  return (
    <section class="card entrance">
      <h1>{t('register.title')}</h1>
      {!kept && <Insecure />}
      <Form action={t('register.do')} onSend={send}>
        <Field
          name="handle"
          label={t('account.handle')}
          hint={t('register.handle')}
          fault={t('register.handle')}
          pattern="[A-Za-z0-9_]{3,30}"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <div class="pair">
          <Field name="firstName" label={t('account.firstName')} autocomplete="given-name" maxLength={100} required />
          <Field name="lastName" label={t('account.lastName')} autocomplete="family-name" maxLength={100} />
        </div>
        <PasswordField name="password" label={t('account.password')} fresh />
      </Form>
      <p class="quiet">
        {t('register.have')} <a href={entrance('/sign-in', next)}>{t('signIn')}</a>
      </p>
    </section>
  );
}
