import { api, type Account } from '../api/client.ts';
import { me } from '../session/session.ts';
import { complain } from '../ui/toast.tsx';
import { deeds, note } from './deeds.ts';

const followed = deeds();

/** Whether the reader follows somebody. */
export function follows({ id, viewer }: Account): boolean {
  return me.value !== null && (followed.value.get(id) ?? viewer?.following === true);
}

async function change(id: string, on: boolean): Promise<void> {
  const back = note(followed, id, on);
  try {
    await api(on ? 'put' : 'delete', '/api/v1/accounts/me/follows/{id}', { path: { id } });
  } catch (error) {
    back();
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
