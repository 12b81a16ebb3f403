import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api, type Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { AccountRow } from '../people/account-row.tsx';
import { me } from '../session/session.ts';

/** People whom a newcomer may want to follow: the best members, then whoever asked last. */
export function Invitation(): JSX.Element | null {
  const people = useSignal<Account[]>([]);
  useEffect(() => {
    suggestions().then(found => (people.value = found), () => undefined);
  }, []);
  if (people.value.length === 0) {
    return null;
  }
  return (
    <section class="card">
      <h2>{t('feed.people')}</h2>
      <div class="rows" role="list">
        {people.value.map(account => (
          <AccountRow key={account.id} account={account} />
        ))}
      </div>
    </section>
  );
}

const MOST = 6;

async function suggestions(): Promise<Account[]> {
  const [members, questions] = await Promise.all([api('get', '/api/v1/rankings/members'), api('get', '/api/v1/questions', { query: { limit: 30 } })]);
  const ids = new Set([...members.items.map(it => it.id), ...questions.items.map(it => it.author.id)]);
  ids.delete(me.value?.id ?? '');
  const found = await Promise.allSettled([...ids].slice(0, MOST).map(id => api('get', '/api/v1/accounts/{id}', { path: { id } })));
  return found.flatMap(it => (it.status === 'fulfilled' ? it.value : []));
}
