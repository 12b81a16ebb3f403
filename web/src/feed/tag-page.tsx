import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.ts';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { kept, position } from '../memory.ts';
import { PostCard } from '../post/post-card.tsx';
import type { Entry } from '../post/posts.ts';
import { Empty } from '../ui/empty.tsx';
import { entitle } from '../ui/title.ts';
import { entries } from './feed.ts';

/** The posts that bear a hashtag. */
export default function TagPage({ place, names: { tag = '' } }: PageProps): JSX.Element {
  entitle(`#${tag}`);
  const pager = kept(
    place.key,
    'posts',
    () =>
      new Pager<Entry>(async (cursor, limit) =>
        entries(await api('get', '/api/v1/tags/{tag}/posts', { path: { tag }, query: { limit, cursor } })),
        'newest',
      ),
  );
  useEffect(() => {
    if (pager.items.value.length === 0) {
      pager.more(position(place.key)?.loaded);
    }
  }, [pager]);
  return (
    <>
      <div class="head">
        <h1 dir="auto">#{tag}</h1>
        <a href={`/questions?tag=${encodeURIComponent(tag)}`}>{t('tag.questions')}</a>
      </div>
      <PagedList pager={pager} label={`#${tag}`} feed row={(entry, i) => <PostCard key={entry.id} entry={entry} at={i + 1} />} empty={<Empty title={t('tag.empty')} />} />
    </>
  );
}
