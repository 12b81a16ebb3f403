import { signal } from '@preact/signals';
import { take } from '../boot.ts';
import { hear } from '../live/live.ts';

/** Notifications that are not read yet; 100 stands for that many or more. */
export const unread = signal(take('unread') ?? 0);

hear(event => {
  if (event.event === 'notification' && event.unread !== undefined) {
    unread.value = event.unread;
  }
});
