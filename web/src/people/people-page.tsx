import type { JSX } from 'preact';
import type { PageProps } from '../app.tsx';
import { api, type Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import type { Place } from '../router.ts';
import { me } from '../session/session.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded, useLoaded } from '../ui/loaded.tsx';
import NothingPage from '../ui/nothing-page.tsx';
import { entitle } from '../ui/title.ts';
import { AccountRow } from './account-row.tsx';

type List = 'followers' | 'followees';

/** Who follows somebody, or whom they follow. */
export default function PeoplePage({ place, names }: PageProps): JSX.Element {
  const handle = names.handle ?? '';
  const list = names.list as List;
  const loading = useLoaded(() => find(handle));
  return <Loaded of={loading}>{account => (account === null ? <NothingPage /> : <People place={place} account={account} list={list} />)}</Loaded>;
}

async function find(handle: string): Promise<Account | null> {
  return (await api('get', '/api/v1/accounts', { query: { handle } })).items[0] ?? null;
}

function pagerOf(id: string, list: List, place: Place): Pager<Account> {
  const path = list === 'followers' ? '/api/v1/accounts/{id}/followers' : '/api/v1/accounts/{id}/followees';
  const pager = new Pager<Account>((cursor, limit) => api('get', path, { path: { id }, query: { limit, cursor } }));
  pager.more(position(place.key)?.loaded);
  return pager;
}

function People({ place, account, list }: { place: Place; account: Account; list: List }): JSX.Element {
  const { id, handle, firstName, lastName } = account;
  const name = `${firstName} ${lastName}`.trim();
  const pager = kept(place.key, list, () => pagerOf(id, list, place));
  const mine = me.value?.id === id;
  entitle(`${t(`people.${list}`)} · ${name}`);
  return (
    <>
      <h1 dir="auto">
        <a class="back" href={`/@${handle}`}>
          {name}
        </a>
      </h1>
      <nav class="tabs" aria-label={name}>
        {(['followers', 'followees'] as const).map(it => (
          <a key={it} href={`/@${handle}/${it}`} aria-current={it === list ? 'page' : undefined}>
            {t(`people.${it}`)}
          </a>
        ))}
      </nav>
      <PagedList
        pager={pager}
        label={t(`people.${list}`)}
        row={person => <AccountRow key={person.id} account={person} />}
        empty={
          <Empty title={t(mine ? `people.${list}.none` : `people.${list}.theirs`, { name })}>
            {mine && <p>{t(`people.${list}.how`)}</p>}
          </Empty>
        }
      />
    </>
  );
}
