import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { Field, Form, inWords, type Values } from '../ui/form.tsx';
import { entitle } from '../ui/title.ts';
import { entrance, onward } from './next.ts';
import { PasswordField } from './password-field.tsx';
import { Insecure, useOnward } from './entry.tsx';
import { signIn } from './session.ts';

/** Where one signs in. */
export default function SignInPage({ place }: PageProps): JSX.Element {
  entitle(t('signIn'));
  const next = onward(place.query.get('next'));
  const [kept, setKept] = useState(true);
  useOnward(next);
  const send = async ({ handle = '', password = '' }: Values) => {
    try {
      setKept(await signIn(handle.trim().replace(/^@/, ''), password));
    } catch (error) {
      throw inWords(error, 401, t('signIn.wrong'));
    }
  };
  return (
    <section class="card entrance">
      <h1>{t('signIn.title')}</h1>
      {!kept && <Insecure />}
      <Form action={t('signIn')} onSend={send}>
        <Field name="handle" label={t('account.handle')} autocomplete="username" autocapitalize="none" spellcheck={false} required />
        <PasswordField name="password" label={t('account.password')} />
      </Form>
      <p class="quiet">
        {t('signIn.none')} <a href={entrance('/register', next)}>{t('signIn.register')}</a>
      </p>
    </section>
  );
}
