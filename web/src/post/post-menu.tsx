import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Original } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { mute, restrict } from '../people/hiding.ts';
import { me } from '../session/session.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { complain, toast } from '../ui/toast.tsx';
import { addressOf, remove } from './posts.ts';

/** What else one can do with a post: with one's own, and with another's. */
export function PostMenu({ post, onEdit }: { post: Original; onEdit: () => void }): JSX.Element {
  const deleting = useSignal(false);
  const own = me.value?.id === post.author.id;
  const copy = () => {
    navigator.clipboard.writeText(new URL(addressOf(post), window.location.href).href).then(() => toast(t('post.copied')), complain);
  };
  return (
    <>
      <Menu label={t('post.more')}>
        {own && post.isQuestion !== true && (
          <button type="button" onClick={onEdit}>
            {t('post.edit')}
          </button>
        )}
        {own && (
          <button type="button" onClick={() => (deleting.value = true)}>
            {t('post.delete')}
          </button>
        )}
        {'clipboard' in navigator && (
          <button type="button" onClick={copy}>
            {t('post.copy')}
          </button>
        )}
        {!own && (
          <>
            <button type="button" onClick={() => mute(post.author)}>
              {t('hiding.mute', { name: post.author.name })}
            </button>
            <button type="button" onClick={() => restrict(post.author)}>
              {t('hiding.restrict', { name: post.author.name })}
            </button>
          </>
        )}
      </Menu>
      {deleting.value && (
        <Confirm
          title={t('post.delete.title')}
          text={t('post.delete.text')}
          yes={t('post.delete')}
          onYes={() => {
            deleting.value = false;
            remove(post.id).catch(complain);
          }}
          onClose={() => (deleting.value = false)}
        />
      )}
    </>
  );
}
