import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { PageProps } from '../app.tsx';
import { take } from '../boot.ts';
import { t } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { Skeletons } from '../ui/late.tsx';
import NothingPage from '../ui/nothing-page.tsx';
import { said } from '../ui/toast.tsx';
import { entitle } from '../ui/title.ts';
import { Comments } from './comments.tsx';
import { PostCard } from './post-card.tsx';
import { addressOf, entryOf, fetchPost, postOf, type Entry } from './posts.ts';

/** One post with its comments. */
export default function PostPage({ place, names: { id = '' } }: PageProps): JSX.Element {
  const sent = take('post');
  const entry = useSignal<Entry | null | undefined>(sent?.id === id ? entryOf(sent) : undefined);
  const why = useSignal('');
  useEffect(() => {
    fetchPost(id).then(
      found => (entry.value = found),
      // What is shown already stays.
      (error: unknown) => (why.value = entry.value === undefined ? said(error) : ''),
    );
  }, [id]);
  const shown = entry.value;
  const post = shown == null ? null : postOf(shown.original).value;
  useEffect(() => {
    if (post?.isQuestion === true) {
      go(addressOf(post), true);
    }
  }, [post?.isQuestion]);
  if (why.value !== '') {
    return <p class="error">{why.value}</p>;
  }
  if (shown === undefined) {
    return <Skeletons n={1} />;
  }
  if (shown === null || post === null) {
    return <NothingPage />;
  }
  entitle(t('post.title', { name: post.author.name }));
  return (
    <>
      <h1 class="hidden">{t('post.title', { name: post.author.name })}</h1>
      <PostCard entry={shown} />
      <Comments post={post} of={place.key} hash={place.hash} />
    </>
  );
}
