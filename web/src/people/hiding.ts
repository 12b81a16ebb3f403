import { api, type Account, type Author } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me, requireMe } from '../session/session.ts';
import { complain, toast } from '../ui/toast.tsx';
import { deeds, note } from './deeds.ts';

const muted = deeds();

/** Whether the reader has muted an author since the page was loaded: lists leave them out before the server does. */
export function hasMuted(id: string): boolean {
  return muted.value.get(id) === true;
}

/** Whether the reader mutes somebody. */
export function mutes({ id, viewer }: Account): boolean {
  return me.value !== null && (muted.value.get(id) ?? viewer?.muted === true);
}

/** Hides an author from the reader: at once, and with a way back. */
export async function mute(author: Author): Promise<void> {
  if (!requireMe()) {
    return;
  }
  try {
    await muteUntil(author.id);
    toast(t('hiding.muted', { name: author.name }), { label: 'undo', run: () => unmute(author).catch(complain) });
  } catch (error) {
    complain(error);
  }
}

/** Hides an author from the reader until a time, or until that is undone. */
export async function muteUntil(id: string, until?: string): Promise<void> {
  const back = note(muted, id, true);
  try {
    await api('put', '/api/v1/accounts/me/mutes/{id}', { path: { id }, body: until === undefined ? {} : { until } });
  } catch (error) {
    back();
    throw error;
  }
}

export async function unmute(author: Author): Promise<void> {
  await api('delete', '/api/v1/accounts/me/mutes/{id}', { path: { id: author.id } });
  note(muted, author.id, false);
}

/** Hides the reader's own posts from somebody. */
export async function restrict(viewer: Author): Promise<void> {
  if (!requireMe()) {
    return;
  }
  try {
    await restrictUntil(viewer.id);
    toast(t('hiding.restricted', { name: viewer.name }), { label: 'undo', run: () => unrestrict(viewer).catch(complain) });
  } catch (error) {
    complain(error);
  }
}

/** Hides the reader's own posts from somebody until a time, or until that is undone. */
export function restrictUntil(id: string, until?: string): Promise<void> {
  return api('put', '/api/v1/accounts/me/restrictions/{id}', { path: { id }, body: until === undefined ? {} : { until } });
}

export async function unrestrict(viewer: Author): Promise<void> {
  await api('delete', '/api/v1/accounts/me/restrictions/{id}', { path: { id: viewer.id } });
}
