import type { JSX } from 'preact'; import type { Account } from '../api/client.ts';
export function FollowButton({ account }: { account: Account }): JSX.Element { return <button type="button">{account.handle}</button>; }
