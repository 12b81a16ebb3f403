import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me, requireMe } from '../session/session.ts';
import { toast } from '../ui/toast.tsx';
import { follow, follows, loadFollows, unfollow } from './follows.ts';

/** Follows somebody or stops it; none for oneself. */
export function FollowButton({ account: { id, firstName, lastName } }: { account: Account }): JSX.Element | null {
  const reader = me.value?.id;
  const name = `${firstName} ${lastName}`.trim();
  useEffect(() => {
    loadFollows();
  }, [reader]);
  if (reader === id) {
    return null;
  }
  const following = reader === undefined ? false : follows(id);
  const turn = () => {
    if (!requireMe()) {
      return;
    }
    if (following === true) {
      unfollow(id);
      toast(t('people.unfollowed', { name }), { label: 'undo', run: () => follow(id) });
    } else {
      follow(id);
    }
  };
  const label = t(following === true ? 'people.unfollow' : 'people.follow');
  return (
    <button type="button" class={following === true ? 'follow done' : 'follow'} disabled={following === undefined} aria-label={`${label}: ${name}`} onClick={turn}>
      {label}
    </button>
  );
}
