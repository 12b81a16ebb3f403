import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api, type Account } from '../api/client.ts';
import type { PageProps } from '../app.tsx';
import { entries } from '../feed/feed.ts';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import { Composer } from '../post/composer.tsx';
import { OutgoingCards } from '../post/outgoing-card.tsx';
import { whenSent } from '../post/outbox.ts';
import { PostCard } from '../post/post-card.tsx';
import type { Entry } from '../post/posts.ts';
import type { Place } from '../router.ts';
import { useMember } from '../session/member.ts';
import { adopt, me } from '../session/session.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded, useLoaded } from '../ui/loaded.tsx';
import NothingPage from '../ui/nothing-page.tsx';
import { entitle } from '../ui/title.ts';
import { ProfileHead } from './profile-head.tsx';

/** Somebody's page, or one's own: who it is, and what they wrote. */
export default function ProfilePage({ place, names: { handle } }: PageProps): JSX.Element {
  return handle === undefined || handle.toLowerCase() === me.value?.handle ? <Own place={place} /> : <Others handle={handle} of={place.key} />;
}

/** One's own account is here already: one can write before it is fetched, and offline. */
function Own({ place }: { place: Place }): JSX.Element | null {
  const account = useMember(place);
  useEffect(() => {
    if (account !== null) {
      api('get', '/api/v1/accounts/me').then(adopt, () => undefined);
    }
  }, []);
  return account === null ? null : <Profile account={account} of={place.key} />;
}

function Others({ handle, of }: { handle: string; of: string }): JSX.Element {
  const found = useLoaded(() => find(handle));
  return <Loaded of={found}>{account => (account === null ? <NothingPage /> : <Profile account={account} of={of} />)}</Loaded>;
}

async function find(handle: string): Promise<Account | null> {
  const id = (await api('get', '/api/v1/accounts', { query: { handle } })).items[0]?.id;
  return id === undefined ? null : api('get', '/api/v1/accounts/{id}', { path: { id } });
}

function Profile({ account, of }: { account: Account; of: string }): JSX.Element {
  const own = me.value?.id === account.id;
  entitle(own ? t('nav.me') : `${account.firstName} ${account.lastName}`.trim());
  const pager = kept(
    of,
    'posts',
    () =>
      new Pager<Entry>(async (cursor, limit) =>
        entries(await api('get', '/api/v1/accounts/{id}/posts', { path: { id: account.id }, query: { limit, cursor } })),
        'newest',
      ),
  );
  useEffect(() => {
    if (pager.items.value.length === 0) {
      pager.more(position(of)?.loaded);
    }
    return own ? whenSent(entry => pager.insert(entry)) : undefined;
  }, [pager]);
  return (
    <>
      <ProfileHead account={account} own={own} />
      {own && <Composer />}
      {own && <OutgoingCards />}
      <PagedList
        pager={pager}
        label={t('profile.posts')}
        feed
        row={(entry, i) => <PostCard key={entry.id} entry={entry} at={i + 1} />}
        empty={<Empty title={t('profile.empty')}>{own && <p>{t('profile.empty.own')}</p>}</Empty>}
      />
    </>
  );
}
