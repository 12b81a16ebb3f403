import { effect, signal } from '@preact/signals';
import { api } from '../api/client.ts';
import { take } from '../boot.ts';
import { hear } from '../live/live.ts';
import { me } from '../session/session.ts';

/** Notifications that are not read yet; 100 stands for that many or more. */
export const unread = signal(take('unread') ?? 0);

effect(() => {
  if (me.value === null) {
    unread.value = 0;
  }
});

hear(event => {
  if (event.event === 'notification' && event.unread !== undefined) {
    unread.value = event.unread;
  } else if (event.event === 'reset') {
    api('get', '/api/v1/notifications/unread').then(
      answer => (unread.value = answer.unread),
      () => undefined,
    );
  }
});
