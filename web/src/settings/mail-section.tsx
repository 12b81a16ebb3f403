import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Switch } from '../ui/choices.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Field, Form, inWords } from '../ui/form.tsx';
import { Loaded, useLoaded } from '../ui/loaded.tsx';
import { complain, toast } from '../ui/toast.tsx';

type Mail = Schemas['Mail'];

const LOOKS = { unconfirmed: 'mild', confirmed: 'good', bouncing: '' };

interface Props {
  mail: Mail;
  show: (mail: Mail) => void;
}

/** Where mail goes, and what is mailed. */
export function MailSection(): JSX.Element {
  const loading = useLoaded(() => api('get', '/api/v1/accounts/me/mail'));
  return (
    <Loaded of={loading}>
      {mail =>
        mail.enabled ? (
          <>
            <Standing mail={mail} show={loading.set} />
            <Address key={mail.address} mail={mail} show={loading.set} />
            {mail.address !== undefined && <Wishes mail={mail} show={loading.set} />}
          </>
        ) : (
          <p class="quiet">{t('mail.disabled')}</p>
        )
      }
    </Loaded>
  );
}

async function ask(address: string, show: Props['show']): Promise<void> {
  const mail = await api('put', '/api/v1/accounts/me/mail', { body: { address } });
  show(mail);
  toast(t(mail.state === 'confirmed' ? 'saved' : 'mail.asked', { address }));
}

/** What the state of the address means, and what one can do about it. */
function Standing({ mail: { address, state }, show }: Props): JSX.Element {
  if (address === undefined || state === undefined) {
    return <p class="quiet">{t('mail.none')}</p>;
  }
  return (
    <div class={`notice ${LOOKS[state]}`}>
      <p>
        <strong>{t(`mail.${state}`)}</strong>
      </p>
      <p>{t(`mail.${state}.text`, { address })}</p>
      {state !== 'confirmed' && (
        <button type="button" onClick={() => ask(address, show).catch(complain)}>
          {t('mail.again')}
        </button>
      )}
    </div>
  );
}

function Address({ mail, show }: Props): JSX.Element {
  const send = async (values: Record<string, string>) => {
    try {
      await ask(values.address?.trim() ?? '', show);
    } catch (error) {
      throw inWords(error, 400, t('mail.fault'), 'address');
    }
  };
  return (
    <Form action={t(mail.address === undefined ? 'mail.set' : 'mail.change')} onSend={send}>
      <Field
        name="address"
        type="email"
        label={t('mail.address')}
        hint={t('mail.hint')}
        fault={t('mail.fault')}
        defaultValue={mail.address ?? ''}
        autocomplete="email"
        maxLength={254}
        required
      />
    </Form>
  );
}

function Wishes({ mail, show }: Props): JSX.Element {
  const [asking, setAsking] = useState(false);
  const turn = (answers: boolean) => {
    show({ ...mail, answers });
    api('put', '/api/v1/accounts/me/mail/preferences', { body: { answers } }).catch((error: unknown) => {
      show({ ...mail, answers: !answers });
      complain(error);
    });
  };
  const remove = () => {
    setAsking(false);
    show({ enabled: true });
    api('delete', '/api/v1/accounts/me/mail').then(
      () => toast(t('mail.removed')),
      (error: unknown) => {
        show(mail);
        complain(error);
      },
    );
  };
  return (
    <>
      <div class="switches">
        <Switch label={t('mail.answers')} hint={t('mail.answers.hint')} on={mail.answers ?? true} onTurn={turn} />
      </div>
      <div>
        <button type="button" class="danger" onClick={() => setAsking(true)}>
          {t('mail.remove')}
        </button>
      </div>
      {asking && <Confirm title={t('mail.remove')} text={t('mail.remove.text')} yes={t('mail.remove.do')} onYes={remove} onClose={() => setAsking(false)} />}
    </>
  );
}
