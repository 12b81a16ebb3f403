import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.ts';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import { withQuery } from '../router.ts';
import { Empty } from '../ui/empty.tsx';
import { entitle } from '../ui/title.ts';
import { hit, HitRow, type Hit } from './hits.tsx';

const KINDS = ['questions', 'posts', 'people', 'tags'] as const;
type Kind = (typeof KINDS)[number];

/** What was found, of one kind at a time. */
export default function SearchPage({ place }: PageProps): JSX.Element {
  const q = place.query.get('q')?.trim() ?? '';
  const kind = KINDS.find(it => it === place.query.get('kind')) ?? 'questions';
  const title = q === '' ? t('keys.search') : t('search.for', { q });
  entitle(title);
  return (
    <>
      <h1 dir="auto">{title}</h1>
      {q === '' ? (
        <Empty title={t('search.what')}>
          <p>{t('search.what.text')}</p>
        </Empty>
      ) : (
        <>
          <nav class="tabs" aria-label={t('search.kinds')}>
            {KINDS.map(it => (
              <a key={it} href={withQuery({ kind: it })} aria-current={it === kind ? 'page' : undefined}>
                {t(`search.${it}`)}
              </a>
            ))}
          </nav>
          <Hits at={place.key} q={q} kind={kind} />
        </>
      )}
    </>
  );
}

function Hits({ at, q, kind }: { at: string; q: string; kind: Kind }): JSX.Element {
  const pager = kept(at, 'hits', () => new Pager<Hit>((cursor, limit) => find(q, kind, cursor, limit)));
  useEffect(() => {
    if (pager.items.value.length === 0) {
      pager.more(position(at)?.loaded);
    }
    // Another one when the session has ended.
  }, [pager]);
  return <PagedList pager={pager} label={t(`search.${kind}`)} row={it => <HitRow key={it.id} {...it} />} empty={<Nothing q={q} kind={kind} />} />;
}

async function find(q: string, kind: Kind, cursor: string | undefined, limit: number): Promise<{ items: Hit[]; nextCursor?: string }> {
  const page = await api('get', '/api/v1/search', { query: { q, kind, limit, cursor } });
  return { ...page, items: page.items.map(hit) };
}

function Nothing({ q, kind }: { q: string; kind: Kind }): JSX.Element {
  return (
    <Empty title={t('search.nothing', { q })}>
      <p>{t('search.nothing.text')}</p>
      <p>
        {t('search.others')}{' '}
        {KINDS.filter(it => it !== kind).map((it, i) => (
          <>
            {i > 0 && ', '}
            <a href={withQuery({ kind: it })}>{t(`search.${it}`)}</a>
          </>
        ))}
      </p>
      {kind === 'questions' && (
        <a class="button" href="/ask">
          {t('ask')}
        </a>
      )}
    </Empty>
  );
}
