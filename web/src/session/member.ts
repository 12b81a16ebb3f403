import { useEffect } from 'preact/hooks';
import type { Account } from '../api/client.ts';
import { go, place, type Place } from '../router.ts';
import { me, signInAddress } from './session.ts';

/** Who is signed in, on a page for members only: others are led to sign in, and back. */
export function useMember(shown: Place): Account | null {
  const account = me.value;
  useEffect(() => {
    // Whoever signs out is on their way elsewhere already.
    if (account === null && place.peek() === shown) {
      go(signInAddress(), true);
    }
  }, [account, shown]);
  return account;
}
