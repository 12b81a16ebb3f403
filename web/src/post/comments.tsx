import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { api, type Comment, type Original } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { newKey } from '../keys.ts';
import { PagedList } from '../list/paged-list.tsx';
import { byId, Pager } from '../list/pager.ts';
import { listen, type LiveEvent } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import { me, signInAddress } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { complain, said } from '../ui/toast.tsx';
import { When } from '../ui/when.tsx';
import { characters, MOST } from './composer.tsx';

/** The comments on a post, the oldest first; new ones come by themselves. */
export function Comments({ post, of, atOnce }: { post: Original; of: string; atOnce: boolean }): JSX.Element {
  const path = { id: post.id };
  const pager = kept(
    of,
    'comments',
    () => new Pager<Comment>(async (cursor, limit) => api('get', '/api/v1/posts/{id}/comments', { path, query: { limit, ...(cursor === undefined ? {} : { cursor }) } })),
  );
  useEffect(() => {
    if (pager.items.value.length === 0) {
      pager.more(position(of)?.loaded);
    }
    return listen(`post:${post.id}`, event => hear(pager, event));
  }, [pager]);
  return (
    <section class="comments" id="comments" aria-label={t('comments')}>
      <CommentForm post={post} focused={atOnce} onSent={comment => add(pager, comment)} />
      <PagedList
        pager={pager}
        label={t('comments')}
        row={comment => <CommentRow key={comment.id} comment={comment} mine={comment.author.id === me.value?.id || post.author.id === me.value?.id} pager={pager} />}
        empty={<p class="quiet">{t('comments.none')}</p>}
      />
    </section>
  );
}

/** A comment that is newer than all that are loaded waits for its page, unless the last page is. */
function add(pager: Pager<Comment>, comment: Comment): void {
  const others = pager.items.value.filter(it => it.id !== comment.id);
  pager.items.value = [...others, comment].sort((a, b) => byId(a.id, b.id));
}

function hear(pager: Pager<Comment>, event: LiveEvent): void {
  const { id } = event;
  if (event.event === 'comment' && id !== undefined && pager.ended.value) {
    api('get', '/api/v1/comments/{id}', { path: { id } }).then(comment => add(pager, comment), () => undefined);
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
    <div class="comment" role="listitem" data-item={comment.id}>
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
    try {
      onSent(await api('post', '/api/v1/posts/{id}/comments', { path: { id: post.id }, key: key.value, body: { text: text.value.trim() } }));
      text.value = why.value = '';
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
         
        autofocus={focused}
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
