import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Area, Field, Form, type Values } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import type { SectionProps } from './settings-page.tsx';

/** The server's own bound, in characters. */
const BIOGRAPHY = 1_000;

async function save({ firstName = '', lastName = '', city = '', birthdate = '', biography = '' }: Values): Promise<void> {
  me.value = await api('put', '/api/v1/accounts/me', {
    body: { firstName, lastName, city, birthdate: birthdate === '' ? null : birthdate, biography },
  });
  toast(t('saved'));
}

/** Who one is to others. */
export function ProfileSection({ account }: SectionProps): JSX.Element {
  const [firstName, setFirstName] = useState(account.firstName);
  const [lastName, setLastName] = useState(account.lastName);
  const [left, setLeft] = useState(BIOGRAPHY - account.biography.length);
  return (
    <>
      <p class="preview">
        <Avatar name={`${firstName} ${lastName}`} seed={account.handle} size={72} />
        <span>
          <strong dir="auto">
            {firstName} {lastName}
          </strong>
          <a href="/me">@{account.handle}</a>
          <span class="hint">{t('profile.picture')}</span>
        </span>
      </p>
      <Form action={t('save')} onSend={save}>
        <div class="pair">
          <Field
            name="firstName"
            label={t('account.firstName')}
            defaultValue={account.firstName}
            autocomplete="given-name"
            maxLength={100}
            dir="auto"
            required
            onInput={event => setFirstName(event.currentTarget.value)}
          />
          <Field
            name="lastName"
            label={t('account.lastName')}
            defaultValue={account.lastName}
            autocomplete="family-name"
            maxLength={100}
            dir="auto"
            onInput={event => setLastName(event.currentTarget.value)}
          />
        </div>
        <div class="pair">
          <Field name="city" label={t('profile.city')} defaultValue={account.city} autocomplete="address-level2" maxLength={100} dir="auto" />
          <Field
            name="birthdate"
            label={t('profile.birthdate')}
            fault={t('profile.birthdate.fault')}
            type="date"
            min="1900-01-01"
            max={new Date().toISOString().slice(0, 10)}
            defaultValue={account.birthdate ?? ''}
            autocomplete="bday"
          />
        </div>
        <Area
          name="biography"
          label={t('profile.biography')}
          hint={t('profile.left', { n: left })}
          defaultValue={account.biography}
          maxLength={BIOGRAPHY}
          dir="auto"
          onInput={event => setLeft(BIOGRAPHY - event.currentTarget.value.length)}
        />
      </Form>
    </>
  );
}
