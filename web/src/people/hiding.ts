import { effect, signal } from '@preact/signals';
import { api, type Author } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me, requireMe } from '../session/session.ts';
import { complain, toast } from '../ui/toast.tsx';

/** Authors whom the reader has muted since the page was loaded: lists leave them out before the server says so. */
export const muted = signal<ReadonlySet<string>>(new Set());

let reader: string | undefined;
effect(() => {
  if (me.value?.id !== reader) {
    reader = me.value?.id;
    muted.value = new Set();
  }
});

function show(author: Author, hide: boolean): void {
  const next = new Set(muted.value);
  if (hide) {
    next.add(author.id);
  } else {
    next.delete(author.id);
  }
  muted.value = next;
}

/** Hides an author from the reader: at once, and with a way back. */
export async function mute(author: Author): Promise<void> {
  if (!requireMe()) {
    return;
  }
  show(author, true);
  try {
    await api('put', '/api/v1/accounts/me/mutes/{id}', { path: { id: author.id }, body: {} });
    toast(t('hiding.muted', { name: author.name }), { label: 'undo', run: () => unmute(author).catch(complain) });
  } catch (error) {
    show(author, false);
    complain(error);
  }
}

export async function unmute(author: Author): Promise<void> {
  await api('delete', '/api/v1/accounts/me/mutes/{id}', { path: { id: author.id } });
  show(author, false);
}

/** Hides the reader's own posts from somebody. */
export async function restrict(viewer: Author): Promise<void> {
  if (!requireMe()) {
    return;
  }
  try {
    await api('put', '/api/v1/accounts/me/restrictions/{id}', { path: { id: viewer.id }, body: {} });
    toast(t('hiding.restricted', { name: viewer.name }), { label: 'undo', run: () => unrestrict(viewer).catch(complain) });
  } catch (error) {
    complain(error);
  }
}

export async function unrestrict(viewer: Author): Promise<void> {
  await api('delete', '/api/v1/accounts/me/restrictions/{id}', { path: { id: viewer.id } });
}
