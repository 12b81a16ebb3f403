import type { JSX } from 'preact';
import type { Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me, requireMe } from '../session/session.ts';
import { toast } from '../ui/toast.tsx';
import { follow, follows, unfollow } from './follows.ts';

/** Follows somebody or stops it; none for oneself. */
export function FollowButton({ account }: { account: Account }): JSX.Element | null {
  const { id, firstName, lastName } = account;
  const name = `${firstName} ${lastName}`.trim();
  if (me.value?.id === id) {
    return null;
  }
  const following = follows(account);
  const turn = () => {
    if (!requireMe()) {
      return;
    }
    if (following) {
      unfollow(id);
      toast(t('people.unfollowed', { name }), { label: 'undo', run: () => follow(id) });
    } else {
      follow(id);
    }
  };
  const label = t(following ? 'people.unfollow' : 'people.follow');
  return (
    <button type="button" class={following ? 'follow done' : 'follow'} aria-label={`${label}: ${name}`} onClick={turn}>
      {label}
    </button>
  );
}
