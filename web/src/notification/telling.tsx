import type { ComponentChildren, JSX } from 'preact';
import type { Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { listed, sentence } from '../i18n/sentence.tsx';

export type Notification = Schemas['Notification'];

/** Where a notification leads. */
export function target({ kind, post = '', comment, answer, actors, count }: Notification, me: string): string {
  switch (kind) {
    case 'follow':
      return `/@${count === 1 ? (actors[0]?.handle ?? me) : `${me}/followers`}`;
    case 'answer':
    case 'accepted':
      return `/questions/${post}${answer === undefined ? '' : `#answer-${answer}`}`;
    default:
      return `/posts/${post}${comment === undefined ? '' : `#comment-${comment}`}`;
  }
}

/** How many are named, and how many the rest are: as many names as there are, but two if there are more. */
export function named({ actors, count }: Pick<Notification, 'actors' | 'count'>): { names: Notification['actors']; others: number } {
  const names = count > actors.length ? actors.slice(0, 2) : actors;
  return { names, others: Math.max(0, count - names.length) };
}

/** Who did it, as links. */
function who(notification: Notification): ComponentChildren[] {
  const { names, others } = named(notification);
  const people = names.map(({ handle, name }) => (
    <a key={handle} href={`/@${handle}`}>
      <bdi>{name}</bdi>
    </a>
  ));
  return listed(others === 0 ? people : [...people, t(names.length === 0 ? 'notifications.people' : 'notifications.others', { n: others })]);
}

/** The sentence of a notification; its main link leads to what it is about. */
export function Telling({ notification, me }: { notification: Notification; me: string }): JSX.Element {
  const { kind } = notification;
  // Languages that bend the verb ask only whether it is one who did it, or several.
  const n = Math.min(2, notification.count);
  const what = (
    <a class="row-link" href={target(notification, me)} data-key="open">
      {t(`notifications.${kind}.what`, { n })}
    </a>
  );
  return <p>{sentence(`notifications.${kind}`, n, { who: who(notification), what })}</p>;
}
