import type { JSX } from 'preact'; import type { Account } from '../api/client.ts';
export function AccountRow({ account }: { account: Account }): JSX.Element { return <p>{account.handle}</p>; }
