import { useSignal } from '@preact/signals';
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
import { go } from '../router.ts';
import { me, signInAddress } from '../session/session.ts';
import { Empty } from '../ui/empty.tsx';
import { Skeletons } from '../ui/late.tsx';
import NothingPage from '../ui/nothing-page.tsx';
import { entitle } from '../ui/title.ts';
import { ProfileHead } from './profile-head.tsx';

type Found = Account | 'nobody' | undefined;

/** Somebody's page, or one's own: who it is, and what they wrote. */
export default function ProfilePage({ place, names: { handle } }: PageProps): JSX.Element | null {
  const found = useSignal<Found>(undefined);
  useEffect(() => {
    if (handle === undefined && me.value === null) {
      go(signInAddress(), true);
    } else {
      find(handle).then(account => (found.value = account), () => (found.value = 'nobody'));
    }
  }, [handle]);
  const account = found.value;
  if (account === undefined) {
    return <Skeletons />;
  }
  return account === 'nobody' ? <NothingPage /> : <Profile account={account} of={place.key} />;
}

async function find(handle: string | undefined): Promise<Found> {
  const id = handle === undefined ? me.value?.id : (await api('get', '/api/v1/accounts', { query: { handle } })).items[0]?.id;
  return id === undefined ? 'nobody' : api('get', '/api/v1/accounts/{id}', { path: { id } });
}

function Profile({ account, of }: { account: Account; of: string }): JSX.Element {
  const own = me.value?.id === account.id;
  entitle(own ? t('nav.me') : `${account.firstName} ${account.lastName}`.trim());
  const pager = kept(
    of,
    'posts',
    () =>
      new Pager<Entry>(async (cursor, limit) =>
        entries(await api('get', '/api/v1/accounts/{id}/posts', { path: { id: account.id }, query: { limit, ...(cursor === undefined ? {} : { cursor }) } })),
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
