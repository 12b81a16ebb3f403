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

/** What a reader does with a post by one button, which takes it back as well. */
export type Deed = 'like' | 'share';

interface Known {
  /** Null: it is gone. */
  post: Signal<Original | null>;
  /** The version of the counters that were heard last. */
  counted: number;
  /** What the reader wants where the server has not confirmed it yet. */
  wanted: Map<Deed, boolean>;
}

const MARKS = { like: ['liked', 'likes'], share: ['shared', 'shares'] } as const;

/** Every post that any list shows, once: so an edit, a like or a deletion is seen everywhere. */
const known = new Map<string, Known>();

function knownOf(id: string): Known {
  const it = known.get(id) ?? { post: signal<Original | null>(null), counted: 0, wanted: new Map<Deed, boolean>() };
  known.set(id, it);
  return it;
}

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
  return knownOf(id).post;
}

function keep(post: Original): void {
  const it = knownOf(post.id);
  if (it.post.value === null || post.version >= it.post.value.version) {
    it.post.value = [...it.wanted].reduce((shown, [deed, on]) => marked(shown, deed, on), post);
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

/** Likes or shares a post, or takes that back: at once here, and back to what the server has confirmed if it refuses. */
export async function toggle(id: string, deed: Deed): Promise<void> {
  if (!requireMe()) {
    return;
  }
  const { post, wanted } = knownOf(id);
  const before = post.value?.viewer?.[MARKS[deed][0]] === true;
  const busy = wanted.has(deed);
  wanted.set(deed, !before);
  change(id, it => marked(it, deed, !before));
  if (busy) {
    return;
  }
  let confirmed = before;
  try {
    for (let next = wanted.get(deed); next !== undefined && next !== confirmed; next = wanted.get(deed)) {
      await send(id, deed, next);
      confirmed = next;
    }
  } catch (error) {
    complain(error);
    change(id, it => marked(it, deed, confirmed));
  }
  wanted.delete(deed);
}

function send(id: string, deed: Deed, on: boolean): Promise<unknown> {
  const path = { id };
  if (deed === 'like') {
    return api(on ? 'put' : 'delete', '/api/v1/posts/{id}/like', { path });
  }
  return on ? api('put', '/api/v1/posts/{id}/share', { path }) : api('delete', '/api/v1/posts/{id}/share', { path });
}

/** The post as if its reader had done this, or had not. */
function marked(post: Original, deed: Deed, on: boolean): Original {
  const [mark, number] = MARKS[deed];
  if ((post.viewer?.[mark] ?? false) === on) {
    return post;
  }
  const counts = { ...post.counts, [number]: Math.max(0, post.counts[number] + (on ? 1 : -1)) };
  return { ...post, viewer: { liked: false, shared: false, ...post.viewer, [mark]: on }, counts };
}

export async function edit(id: string, text: string): Promise<void> {
  entryOf(await api('put', '/api/v1/posts/{id}', { path: { id }, body: { text } }));
}

export async function remove(id: string): Promise<void> {
  await api('delete', '/api/v1/posts/{id}', { path: { id } });
  gone(id);
}
