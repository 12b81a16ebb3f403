import { signal } from '@preact/signals';
import { api, Problem, whenSignedOut, type Account } from '../api/client.ts';
import { boot, take } from '../boot.ts';
import { forget } from '../memory.ts';
import { go, place } from '../router.ts';

/** Who is signed in here; null: nobody. */
export const me = signal<Account | null>(take('me') ?? null);

/** Learns who is signed in where the server did not say so with the page. */
export async function findMe(): Promise<void> {
  if (boot === null) {
    me.value = await api('get', '/api/v1/accounts/me').catch(() => null);
  }
}

/** Signs in by the cookie that scripts cannot read. False: the browser did not keep it, as over plain http. */
export async function signIn(handle: string, password: string): Promise<boolean> {
  await api('post', '/api/v1/sessions', { body: { handle, password, cookie: true } });
  const account = await api('get', '/api/v1/accounts/me').catch((error: unknown) => {
    if (error instanceof Problem && error.status === 401) {
      return null;
    }
    throw error;
  });
  forget();
  me.value = account;
  tell();
  return account !== null;
}

/** Takes the account as it is now; somebody else's, as after signing in in another tab, is a page of its own. */
export function adopt(account: Account): void {
  if (me.value !== null && me.value.id !== account.id) {
    window.location.reload();
  } else {
    me.value = account;
  }
}

const TOLD = 'account';

/** Tells the other tabs of this browser, which share the cookie, who is signed in. */
function tell(): void {
  localStorage.setItem(TOLD, me.value?.id ?? '');
}

window.addEventListener('storage', event => {
  if (event.key === TOLD && event.newValue !== (me.value?.id ?? '')) {
    window.location.reload();
  }
});

export async function signOut(): Promise<void> {
  await api('delete', '/api/v1/sessions/current');
  ended();
  go('/');
}

/** Shows the page as to somebody who is not signed in. */
export function ended(): void {
  forget();
  me.value = null;
  tell();
}

whenSignedOut(() => {
  if (me.value !== null) {
    ended();
  }
});

/** Where one signs in and comes back from. */
export function signInAddress(): string {
  return `/sign-in?next=${encodeURIComponent(place.value.path + window.location.search)}`;
}

/** Whether somebody is signed in; if not, they are asked to. */
export function requireMe(): boolean {
  if (me.value === null) {
    go(signInAddress());
  }
  return me.value !== null;
}
