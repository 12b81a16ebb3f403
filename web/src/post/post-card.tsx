import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Original } from '../api/client.ts';
import { short, t } from '../i18n/i18n.ts';
import { listen } from '../live/live.ts';
import { hasMuted } from '../people/hiding.ts';
import { me } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { useWhileVisible } from '../ui/visible.ts';
import { When } from '../ui/when.tsx';
import { Media } from './media.tsx';
import { PostEditor } from './post-editor.tsx';
import { PostMenu } from './post-menu.tsx';
import { addressOf, count, fetchPost, gone, postOf, refresh, toggle, type Entry } from './posts.ts';

interface Props {
  entry: Entry;
  /** Its place in the list, from 1; left out where it stands alone. */
  at?: number;
  /** What is said above it. */
  note?: string;
}

/** A post, or a share of one, that follows what happens to it while it is on the screen. */
export function PostCard({ entry, at, note }: Props): JSX.Element | null {
  const element = useRef<HTMLElement>(null);
  const editing = useSignal(false);
  const post = postOf(entry.original).value;
  const shown = post !== null && !hasMuted(post.author.id);
  useWhileVisible(element, () => watch(entry.original), shown);
  if (!shown) {
    return null;
  }
  const name = `post-${entry.id}`;
  const attachments = post.attachments ?? [];
  return (
    <article class="card post" ref={element} data-item={entry.id} tabIndex={0} aria-labelledby={name} {...(at === undefined ? {} : { 'aria-posinset': at, 'aria-setsize': -1 })}>
      {note !== undefined && <p class="by">{note}</p>}
      {entry.sharedBy !== undefined && (
        <p class="by">
          <Icon name="share" size={18} /> <a href={`/@${entry.sharedBy.handle}`}>{entry.sharedBy.name}</a> {t('post.shared')}
        </p>
      )}
      <header>
        <a href={`/@${post.author.handle}`} tabIndex={-1} aria-hidden="true">
          <Avatar name={post.author.name} seed={post.author.handle} />
        </a>
        <div class="post-head" id={name}>
          <a class="name" href={`/@${post.author.handle}`} dir="auto">
            {post.author.name}
          </a>
          <span class="quiet">
            @{post.author.handle} ·{' '}
            <a class="quiet" data-key="open" href={addressOf(post)}>
              <When at={post.createdAt} />
            </a>
            {post.editedAt !== undefined && ` · ${t('post.edited')}`}
          </span>
        </div>
        <PostMenu post={post} onEdit={() => (editing.value = true)} />
      </header>
      {editing.value ? (
        <PostEditor post={post} onClose={() => (editing.value = false)} />
      ) : post.isQuestion === true ? (
        <QuestionLine post={post} />
      ) : (
        post.text !== '' && <RichText text={post.text} handles={post.mentions.map(it => it.handle)} />
      )}
      {attachments.length > 0 && <Media media={attachments} />}
      <Deeds post={post} />
    </article>
  );
}

/** Keeps a post as it is: its counters, its text, and whether it is there. */
function watch(id: string): () => void {
  return listen(`post:${id}`, event => {
    if (event.event === 'counts') {
      count(event);
    } else if (event.event === 'updated') {
      refresh(id, event.version ?? 0).catch(() => undefined);
    } else if (event.event === 'removed') {
      gone(id);
    } else if (event.event === 'reset' && me.value !== null) {
      fetchPost(id).catch(() => undefined);
    }
  });
}

function QuestionLine({ post }: { post: Original }): JSX.Element {
  const { score = 0, answers = 0, accepted = false } = post.question ?? {};
  return (
    <a class="question-line" href={addressOf(post)}>
      <span class="question-title" dir="auto">
        {post.text}
      </span>
      <span class="quiet">
        {t('post.asked')} · {t('post.score', { n: score })} · {t('post.answers', { n: answers })}
        {accepted && <Icon name="check" size={16} />}
      </span>
    </a>
  );
}

/** What one can do with a post, and how many did. */
function Deeds({ post }: { post: Original }): JSX.Element {
  const { likes, comments, shares } = post.counts;
  const { liked = false, shared = false } = post.viewer ?? {};
  return (
    <footer>
      <button type="button" class="plain deed" data-key="like" aria-pressed={liked} aria-label={t('post.like', { n: likes })} onClick={() => toggle(post.id, 'like')}>
        <Icon name="heart" size={20} />
        <span>{likes > 0 && short(likes)}</span>
      </button>
      <a class="deed" href={`${addressOf(post)}#comments`} aria-label={t('post.comments', { n: comments })}>
        <Icon name="comment" size={20} />
        <span>{comments > 0 && short(comments)}</span>
      </a>
      <button type="button" class="plain deed" aria-pressed={shared} aria-label={t('post.share', { n: shares })} onClick={() => toggle(post.id, 'share')}>
        <Icon name="share" size={20} />
        <span>{shares > 0 && short(shares)}</span>
      </button>
    </footer>
  );
}
