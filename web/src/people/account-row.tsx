import type { ComponentChildren, JSX } from 'preact';
import type { Account } from '../api/client.ts';
import { Avatar } from '../ui/avatar.tsx';
import { FollowButton } from './follow-button.tsx';

interface Props {
  account: Account;
  /** In the place of the biography's first line. */
  note?: string;
  /** What one can do, in the place of following. */
  children?: ComponentChildren;
}

/** Somebody in a list of people. */
export function AccountRow({ account, note, children }: Props): JSX.Element {
  const { id, handle, firstName, lastName, biography } = account;
  const name = `${firstName} ${lastName}`.trim();
  return (
    <div class="row people" role="listitem" data-item={id} tabIndex={0}>
      <Avatar name={name} seed={handle} />
      <div class="row-main">
        <a class="row-link" href={`/@${handle}`} data-key="open">
          <strong dir="auto">{name}</strong> <span class="quiet">@{handle}</span>
        </a>
        <p class={note === undefined ? 'quiet line' : 'quiet'} dir="auto">
          {note ?? biography.split('\n', 1)[0]}
        </p>
      </div>
      {children ?? <FollowButton account={account} />}
    </div>
  );
}
