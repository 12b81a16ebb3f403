import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { api, type Comment, type Original } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { newKey } from '../keys.ts';
import { PagedList } from '../list/paged-list.tsx';
import { Pager } from '../list/pager.ts';
import { listen, type LiveEvent } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import { reveal } from '../router.ts';
import { me, signInAddress } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { complain, said } from '../ui/toast.tsx';
import { When } from '../ui/when.tsx';
import { characters, MOST } from './composer.tsx';

/** The comments on a post, the oldest first; new ones come by themselves. */
export function Comments({ post, of, hash }: { post: Original; of: string; hash: string }): JSX.Element {
  const path = { id: post.id };
  const pager = kept(
    of,
    'comments',
    () => new Pager<Comment>((cursor, limit) => api('get', '/api/v1/posts/{id}/comments', { path, query: { limit, cursor } }), 'oldest'),
  );
  useEffect(() => {
    if (pager.items.value.length === 0) {
      pager.more(position(of)?.loaded).then(() => find(pager, hash));
    }
    return listen(`post:${post.id}`, event => hear(pager, event));
  }, [pager]);
  return (
    <section class="comments" id="comments" aria-label={t('comments')}>
      <CommentForm post={post} focused={hash === '#comments'} onSent={comment => pager.insert(comment)} />
      <PagedList
        pager={pager}
        label={t('comments')}
        row={comment => <CommentRow key={comment.id} comment={comment} mine={comment.author.id === me.value?.id || post.author.id === me.value?.id} pager={pager} />}
        empty={<p class="quiet">{t('comments.none')}</p>}
      />
    </section>
  );
}

/** Pages that are loaded at most for a comment that an address names. */
const MOST_PAGES = 20;

/** Loads on until the comment is there that an address names, and goes to it. */
async function find(pager: Pager<Comment>, hash: string): Promise<void> {
  for (let page = 0; hash.startsWith('#comment-') && page < MOST_PAGES && !reveal(hash) && !pager.ended.value; page++) {
    await pager.more();
    await new Promise(requestAnimationFrame);
  }
}

function hear(pager: Pager<Comment>, event: LiveEvent): void {
  const { id } = event;
  if (event.event === 'comment' && id !== undefined && pager.ended.value) {
    api('get', '/api/v1/comments/{id}', { path: { id } }).then(comment => pager.insert(comment), () => undefined);
  } else if (event.event === 'comment-removed') {
    pager.remove(it => it.id === id);
  } else if (event.event === 'reset') {
    pager.again().then(page => pager.show(page), () => undefined);
  }
}

function CommentRow({ comment, mine, pager }: { comment: Comment; mine: boolean; pager: Pager<Comment> }): JSX.Element {
  const { author } = comment;
  const remove = () => {
    const before = pager.items.value;
    pager.remove(it => it.id === comment.id);
    api('delete', '/api/v1/comments/{id}', { path: { id: comment.id } }).catch((error: unknown) => {
      pager.items.value = before;
      complain(error);
    });
  };
  return (
    <div class="comment" role="listitem" id={`comment-${comment.id}`} tabIndex={-1} data-item={comment.id}>
      <Avatar name={author.name} seed={author.handle} size={34} />
      <div>
        <p class="comment-head">
          <a class="name" href={`/@${author.handle}`} dir="auto">
            {author.name}
          </a>{' '}
          <When at={comment.createdAt} />
        </p>
        <RichText text={comment.text} handles={comment.mentions.map(it => it.handle)} />
      </div>
      {mine && (
        <Menu label={t('comment.more')}>
          <button type="button" onClick={remove}>
            {t('post.delete')}
          </button>
        </Menu>
      )}
    </div>
  );
}

function CommentForm({ post, focused, onSent }: { post: Original; focused: boolean; onSent: (comment: Comment) => void }): JSX.Element {
  const text = useSignal('');
  const why = useSignal('');
  const sending = useSignal(false);
  // The same for the same words: sending them again after a failure makes one comment.
  const key = useSignal(newKey());
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // Whoever asked for the comments wants to write.
    if (focused) {
      field.current?.focus();
    }
  }, []);
  if (me.value === null) {
    return (
      <p>
        <a href={signInAddress()}>{t('comments.signIn')}</a>
      </p>
    );
  }
  const left = MOST - characters(text.value);
  const send = async () => {
    if (left < 0 || left === MOST || sending.value) {
      return;
    }
    sending.value = true;
    const sent = text.value;
    try {
      onSent(await api('post', '/api/v1/posts/{id}/comments', { path: { id: post.id }, key: key.value, body: { text: sent.trim() } }));
      why.value = '';
      // What was written meanwhile is another comment.
      if (text.value === sent) {
        text.value = '';
      }
      key.value = newKey();
    } catch (error) {
      why.value = said(error);
    } finally {
      sending.value = false;
    }
  };
  return (
    <form
      class="comment-form"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        dir="auto"
        rows={1}
        ref={field}
        aria-label={t('comments.write')}
        placeholder={t('comments.write')}
        value={text.value}
        onInput={event => {
          text.value = event.currentTarget.value;
          key.value = newKey();
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            send();
          }
        }}
      />
      <button class="primary" disabled={left < 0 || left === MOST || sending.value}>
        {t('comments.send')}
      </button>
      {why.value !== '' && (
        <p class="error" role="alert">
          {why.value}
        </p>
      )}
    </form>
  );
}
