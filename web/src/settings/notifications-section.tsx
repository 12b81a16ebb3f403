import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Switch } from '../ui/choices.tsx';
import { Loaded, useLoaded } from '../ui/loaded.tsx';
import { complain } from '../ui/toast.tsx';

type Wishes = Schemas['NotificationPreferences'];

const KINDS = ['follow', 'like', 'comment', 'share', 'mention', 'answer', 'accepted'] as const;

/** What one wants to be told of. */
export function NotificationsSection(): JSX.Element {
  const loading = useLoaded(() => api('get', '/api/v1/notifications/preferences'));
  const newest = useRef<Wishes>(null);
  const sent = useRef(Promise.resolve());
  const show = (wishes: Wishes) => {
    newest.current = wishes;
    loading.set(wishes);
  };
  // One after the other, each with all that is wished by then: the last one sent is what holds.
  const turn = (wishes: Wishes, kind: keyof Wishes, on: boolean) => {
    show({ ...(newest.current ?? wishes), [kind]: on });
    sent.current = sent.current.then(async () => {
      try {
        await api('put', '/api/v1/notifications/preferences', { body: newest.current ?? wishes });
      } catch (error) {
        show({ ...(newest.current ?? wishes), [kind]: !on });
        complain(error);
      }
    });
  };
  return (
    <Loaded of={loading}>
      {wishes => (
        <>
          <p class="quiet">{t('wishes.text')}</p>
          <div class="switches">
            {KINDS.map(kind => (
              <Switch key={kind} label={t(`wishes.${kind}`)} on={wishes[kind]} onTurn={on => turn(wishes, kind, on)} />
            ))}
          </div>
          <div class="switches">
            <Switch label={t('wishes.onlyFollowed')} hint={t('wishes.onlyFollowed.hint')} on={wishes.onlyFollowed} onTurn={on => turn(wishes, 'onlyFollowed', on)} />
          </div>
        </>
      )}
    </Loaded>
  );
}
