import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { hear } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import { Composer } from '../post/composer.tsx';
import { OutgoingCards } from '../post/outgoing-card.tsx';
import { whenSent } from '../post/outbox.ts';
import { PostCard } from '../post/post-card.tsx';
import type { Entry } from '../post/posts.ts';
import { me } from '../session/session.ts';
import { entitle } from '../ui/title.ts';
import { Feed } from './feed.ts';
import { Invitation } from './invitation.tsx';
import { NoFeed } from './no-feed.tsx';
import { Pill } from './pill.tsx';
import { Welcome } from './welcome.tsx';

/** The reader's feed; for those who are not signed in, what this place is. */
export default function FeedPage({ place }: PageProps): JSX.Element {
  return me.value === null ? <Welcome /> : <OwnFeed of={place.key} />;
}

/** Whether nobody is disturbed by what is inserted above. */
function idle(): boolean {
  const focused = document.activeElement;
  return scrollY < 8 && !document.hidden && (focused === null || focused === document.body || focused.id === 'main');
}

function OwnFeed({ of }: { of: string }): JSX.Element {
  entitle(t('nav.feed'));
  const feed = kept(of, 'feed', () => new Feed(idle));
  // Posts of one's own are on one's own page; those just written are shown here too, until one leaves.
  const own = kept(of, 'own', () => signal<Entry[]>([]));
  useEffect(() => {
    if (feed.pager.items.value.length === 0) {
      feed.pager.more(position(of)?.loaded);
    } else {
      feed.reconcile();
    }
    const ends = [() => feed.rest(), hear(event => feed.hear(event)), whenSent(entry => (own.value = [entry, ...own.value]))];
    return () => ends.forEach(end => end());
  }, [feed]);
  return (
    <>
      <h1 class="hidden">{t('nav.feed')}</h1>
      <Composer />
      <OutgoingCards />
      {own.value.map(entry => (
        <PostCard key={entry.id} entry={entry} note={t('feed.own')} />
      ))}
      <Pill feed={feed} />
      <PagedList pager={feed.pager} label={t('nav.feed')} feed row={(entry, i) => <PostCard key={entry.id} entry={entry} at={i + 1} />} empty={<NoFeed />} end={t('feed.end')} />
      {feed.pager.ended.value && feed.pager.items.value.length > 0 && feed.pager.items.value.length < 10 && <Invitation />}
    </>
  );
}
