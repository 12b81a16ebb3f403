import { effect, signal } from '@preact/signals';
import { api } from '../api/client.ts';
import { me } from '../session/session.ts';
import { complain } from '../ui/toast.tsx';

/** Whom the reader follows, as far as it is loaded, with what they did here; at most 5,000. */
const followees = signal<ReadonlySet<string>>(new Set());
/** Whether all are loaded: till then one who is not among them may be followed nevertheless. */
const complete = signal(false);
/** What was done here, which a page that was asked for before does not know. */
let done = new Map<string, boolean>();
let loading: string | undefined;

effect(() => {
  if (me.value?.id !== loading) {
    loading = undefined;
    done = new Map();
    followees.value = new Set();
    complete.value = false;
  }
});

/** Whether the reader follows somebody; undefined until that is known. */
export function follows(id: string): boolean | undefined {
  return followees.value.has(id) || (complete.value ? false : undefined);
}

/** Loads whom the reader follows, once. */
export async function loadFollows(): Promise<void> {
  const mine = me.value?.id;
  if (mine === undefined || loading === mine) {
    return;
  }
  loading = mine;
  let cursor: string | undefined;
  try {
    do {
      const page = await api('get', '/api/v1/accounts/{id}/followees', { path: { id: mine }, query: { limit: 100, cursor } });
      if (loading !== mine) {
        return;
      }
      const found = page.items.map(account => account.id).filter(id => done.get(id) !== false);
      followees.value = new Set([...followees.value, ...found]);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
  } catch {
    // What is missing reads as not followed, and following twice does nothing. The next one who asks tries again.
    loading = undefined;
  }
  complete.value = true;
}

function note(id: string, on: boolean): void {
  const next = new Set(followees.value);
  next[on ? 'add' : 'delete'](id);
  done.set(id, on);
  followees.value = next;
}

async function change(id: string, on: boolean): Promise<void> {
  note(id, on);
  try {
    await api(on ? 'put' : 'delete', '/api/v1/accounts/me/follows/{id}', { path: { id } });
  } catch (error) {
    note(id, !on);
    complain(error);
  }
}

/** Follows somebody, at once on the screen. */
export function follow(id: string): Promise<void> {
  return change(id, true);
}

/** Follows somebody no longer, at once on the screen. */
export function unfollow(id: string): Promise<void> {
  return change(id, false);
}
