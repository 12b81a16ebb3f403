import { signal, type Signal } from '@preact/signals';
import { api, Problem, type Author, type Original, type Post } from '../api/client.ts';
import type { LiveEvent } from '../live/live.ts';
import { requireMe } from '../session/session.ts';
import { complain } from '../ui/toast.tsx';

/** A line of a feed: a post, or a share that shows one. */
export interface Entry {
  /** Of the post or the share: its place in the feed. */
  id: string;
  /** The post that is shown. */
  original: string;
  sharedBy?: Author;
}

interface Known {
  /** Null: it is gone. */
  post: Signal<Original | null>;
  /** The version of the counters that were heard last. */
  counted: number;
}

/** Every post that any list shows, once: so an edit, a like or a deletion is seen everywhere. */
const known = new Map<string, Known>();

/** Takes a post of the API over and gives its line. */
export function entryOf(post: Post): Entry {
  if ('original' in post) {
    keep(post.original);
    return { id: post.id, original: post.original.id, sharedBy: post.author };
  }
  keep(post);
  return { id: post.id, original: post.id };
}

export function addressOf(post: Original): string {
  return post.isQuestion === true ? `/questions/${post.id}` : `/posts/${post.id}`;
}

/** The post as it is known now. */
export function postOf(id: string): Signal<Original | null> {
  const found = known.get(id) ?? { post: signal<Original | null>(null), counted: 0 };
  known.set(id, found);
  return found.post;
}

export function keep(post: Original): void {
  const shown = postOf(post.id);
  if (shown.value === null || post.version >= shown.value.version) {
    shown.value = post;
  }
}

/** Takes it away wherever it is shown. */
export function gone(id: string): void {
  postOf(id).value = null;
}

function change(id: string, how: (post: Original) => Original): void {
  const post = postOf(id);
  if (post.value !== null) {
    post.value = how(post.value);
  }
}

/** Fetches a post; null: there is none, or none for this reader. */
export async function fetchPost(id: string): Promise<Entry | null> {
  const before = known.get(id)?.counted;
  try {
    const post = await api('get', '/api/v1/posts/{id}', { path: { id } });
    const shown = known.get(id);
    // Counters that were heard meanwhile are newer than those fetched.
    return entryOf(shown?.post.value != null && shown.counted !== before && !('original' in post) ? { ...post, counts: shown.post.value.counts } : post);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) {
      gone(id);
      return null;
    }
    throw error;
  }
}

/** Brings what is shown up to a version that was heard of. */
export async function refresh(id: string, version: number): Promise<void> {
  const shown = known.get(id)?.post.value;
  if (shown != null && shown.version < version) {
    await fetchPost(id);
  }
}

/** Shows counters that were heard, unless newer ones were heard before. */
export function count(event: LiveEvent): void {
  const { post: id, version = 0, likes = 0, comments = 0, shares = 0 } = event;
  const it = id === undefined ? undefined : known.get(id);
  if (id !== undefined && it !== undefined && version > it.counted) {
    it.counted = version;
    change(id, post => ({ ...post, counts: { likes, comments, shares } }));
  }
}

/** Likes a post, or takes the like back: at once here, and back if the server refuses. */
export async function toggleLike(id: string): Promise<void> {
  const liked = postOf(id).value?.viewer?.liked === true;
  if (requireMe()) {
    await optimistic(id, like(!liked), like(liked), () => api(liked ? 'delete' : 'put', '/api/v1/posts/{id}/like', { path: { id } }));
  }
}

export async function toggleShare(id: string): Promise<void> {
  const shared = postOf(id).value?.viewer?.shared === true;
  if (requireMe()) {
    await optimistic(id, share(!shared), share(shared), () =>
      shared ? api('delete', '/api/v1/posts/{id}/share', { path: { id } }) : api('put', '/api/v1/posts/{id}/share', { path: { id } }),
    );
  }
}

type Change = (post: Original) => Original;

function like(liked: boolean): Change {
  return post => viewed(post, { liked }, { likes: post.counts.likes + (liked ? 1 : -1) });
}

function share(shared: boolean): Change {
  return post => viewed(post, { shared }, { shares: post.counts.shares + (shared ? 1 : -1) });
}

function viewed(post: Original, mark: Partial<Original['viewer']>, counts: Partial<Original['counts']>): Original {
  return { ...post, viewer: { liked: false, shared: false, ...post.viewer, ...mark }, counts: { ...post.counts, ...counts } };
}

async function optimistic(id: string, how: Change, back: Change, send: () => Promise<unknown>): Promise<void> {
  const before = known.get(id)?.counted;
  change(id, how);
  try {
    await send();
  } catch (error) {
    complain(error);
    // Counters that were heard meanwhile are the server's and right already.
    if (known.get(id)?.counted === before) {
      change(id, back);
    }
  }
}

export async function edit(id: string, text: string): Promise<void> {
  entryOf(await api('put', '/api/v1/posts/{id}', { path: { id }, body: { text } }));
}

export async function remove(id: string): Promise<void> {
  await api('delete', '/api/v1/posts/{id}', { path: { id } });
  gone(id);
}
