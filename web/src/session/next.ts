/** Where one goes on after signing in: an address of this site, or else the feed. */
export function onward(next: string | null): string {
  // Two slashes, and with browsers also a backslash, begin the name of another host.
  const ours = next !== null && /^\/(?![/\\])\S*$/.test(next);
  return ours && !/^\/(sign-in|register)\b/.test(next) ? next : '/';
}

/** The address of signing in or registering that leads to the same place afterwards. */
export function entrance(path: '/sign-in' | '/register', next: string): string {
  return next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;
}
