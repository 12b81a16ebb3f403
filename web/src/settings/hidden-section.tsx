import type { JSX } from 'preact';
import { api, type Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { date } from '../i18n/time.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import { AccountRow } from '../people/account-row.tsx';
import { muteUntil, restrictUntil, unmute, unrestrict } from '../people/hiding.ts';
import type { Place } from '../router.ts';
import { Empty } from '../ui/empty.tsx';
import { complain, toast } from '../ui/toast.tsx';
import type { SectionProps } from './settings-page.tsx';

interface Hiding {
  id: string;
  account: Account;
  until?: string;
}

/** The two ways of not seeing: others here, and this one there. */
const WAYS = {
  muted: { list: '/api/v1/accounts/me/mutes', begin: muteUntil, end: unmute },
  restricted: { list: '/api/v1/accounts/me/restrictions', begin: restrictUntil, end: unrestrict },
} as const;

type Way = keyof typeof WAYS;

/** Whom one does not want to see in the feed. */
export function MutedSection({ place }: SectionProps): JSX.Element {
  return <Hidden way="muted" place={place} />;
}

/** Who does not see what one posts. */
export function RestrictedSection({ place }: SectionProps): JSX.Element {
  return <Hidden way="restricted" place={place} />;
}

function pagerOf(way: Way, place: Place): Pager<Hiding> {
  const pager = new Pager<Hiding>(async (cursor, limit) => {
    const page = await api('get', WAYS[way].list, { query: { limit, cursor } });
    return { ...page, items: page.items.map(item => ({ ...item, id: item.account.id })) };
  });
  pager.more(position(place.key)?.loaded);
  return pager;
}

function Hidden({ way, place }: { way: Way; place: Place }): JSX.Element {
  const pager = kept(place.key, way, () => pagerOf(way, place));
  const end = (hiding: Hiding) => {
    const { id, account, until } = hiding;
    const name = `${account.firstName} ${account.lastName}`.trim();
    const back = pager.remove(item => item.id === id);
    WAYS[way].end({ id, handle: account.handle, name }).catch((error: unknown) => {
      back();
      complain(error);
    });
    toast(t(`hidden.${way}.ended`, { name }), {
      label: 'undo',
      run: () => {
        back();
        WAYS[way].begin(id, until).catch((error: unknown) => {
          pager.remove(item => item.id === id);
          complain(error);
        });
      },
    });
  };
  return (
    <>
      <p class="quiet">{t(`hidden.${way}.text`)}</p>
      <PagedList
        pager={pager}
        label={t(`settings.${way}`)}
        row={hiding => (
          <AccountRow key={hiding.id} account={hiding.account} note={hiding.until === undefined ? t('hidden.ever') : t('hidden.until', { date: date(hiding.until) })}>
            <button type="button" onClick={() => end(hiding)}>
              {t(`hidden.${way}.end`)}
            </button>
          </AccountRow>
        )}
        empty={
          <Empty title={t(`hidden.${way}.empty`)}>
            <p>{t(`hidden.${way}.how`)}</p>
          </Empty>
        }
      />
    </>
  );
}
