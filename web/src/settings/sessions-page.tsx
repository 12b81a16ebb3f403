import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { api, type Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import type { Place } from '../router.ts';
import { useMember } from '../session/member.ts';
import { signOut } from '../session/session.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { entitle } from '../ui/title.ts';
import { complain, toast } from '../ui/toast.tsx';
import { When } from '../ui/when.tsx';
import { device } from './device.ts';

type Session = Schemas['SessionPage']['items'][number];

function sessions(place: Place): Pager<Session> {
  const pager = new Pager<Session>((cursor, limit) => api('get', '/api/v1/sessions', { query: { limit, cursor } }));
  pager.more(position(place.key)?.loaded);
  return pager;
}

/** Where one is signed in, and how to end it there. */
export default function SessionsPage({ place }: PageProps): JSX.Element | null {
  entitle(t('sessions.title'));
  const account = useMember(place);
  const [asking, setAsking] = useState(false);
  if (account === null) {
    return null;
  }
  const pager = kept(place.key, 'sessions', () => sessions(place));
  const end = (matches: (session: Session) => boolean, request: () => Promise<unknown>, done: string) => {
    const back = pager.remove(matches);
    request().then(
      () => toast(done),
      (error: unknown) => {
        back();
        complain(error);
      },
    );
  };
  const others = pager.items.value.some(session => !session.current);
  return (
    <>
      <div class="head">
        <h1>{t('sessions.title')}</h1>
        {others && (
          <button type="button" class="danger" onClick={() => setAsking(true)}>
            {t('sessions.endOthers')}
          </button>
        )}
      </div>
      <p class="quiet">{t('sessions.text')}</p>
      <PagedList
        pager={pager}
        label={t('sessions.title')}
        row={session => (
          <Row
            key={session.id}
            session={session}
            onEnd={() =>
              session.current
                ? signOut().catch(complain)
                : end(
                    it => it.id === session.id,
                    () => api('delete', '/api/v1/sessions/{id}', { path: { id: session.id } }),
                    t('sessions.ended', { device: deviceName(session) }),
                  )
            }
          />
        )}
        empty={null}
      />
      {asking && (
        <Confirm
          title={t('sessions.endOthers')}
          text={t('sessions.endOthers.text')}
          yes={t('sessions.endOthers')}
          onYes={() => {
            setAsking(false);
            end(it => !it.current, () => api('delete', '/api/v1/sessions'), t('sessions.othersEnded'));
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function deviceName({ client }: Session): string {
  const { program, system } = device(client);
  return [program, system].filter(it => it !== undefined).join(', ') || t('sessions.unknown');
}

function Row({ session, onEnd }: { session: Session; onEnd: () => void }): JSX.Element {
  const name = deviceName(session);
  return (
    <div class="row" role="listitem" data-item={session.id} tabIndex={0}>
      <Icon name={session.kind === 'cookie' ? 'device' : 'gear'} size={28} />
      <div class="row-main">
        <strong title={session.client}>
          {name} {session.current && <span class="badge">{t('sessions.this')}</span>}
        </strong>
        <p class="quiet">
          {t(`sessions.${session.kind}`)} · {t('sessions.network', { network: session.network })}
        </p>
        <p class="quiet">
          {t('sessions.created')} <When at={session.createdAt} /> · {t('sessions.used')} <When at={session.lastUsedAt} />
        </p>
      </div>
      <button type="button" aria-label={session.current ? undefined : `${t('sessions.end')}: ${name}`} onClick={onEnd}>
        {t(session.current ? 'signOut' : 'sessions.end')}
      </button>
    </div>
  );
}
