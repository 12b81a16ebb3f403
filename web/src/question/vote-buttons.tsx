import type { JSX } from 'preact';
import type { Answer, Question } from '../api/client.ts';
import { number, t } from '../i18n/i18n.ts';
import { me, requireMe } from '../session/session.ts';
import { Icon } from '../ui/icon.tsx';
import type { Thread } from './thread.ts';
import { vote } from './votes.ts';

/** The score of a question or an answer, between the buttons to vote by; one's own has none. */
export function VoteButtons({ thread, item }: { thread: Thread; item: Question | Answer }): JSX.Element {
  const own = item.author.id === me.value?.id;
  const button = (value: 1 | -1) => (
    <button
      type="button"
      class="plain"
      data-key={value === 1 ? 'like' : undefined}
      aria-label={t(value === 1 ? 'vote.up' : 'vote.down')}
      aria-pressed={item.viewer?.vote === value}
      onClick={() => requireMe() && vote(thread, item.id, value)}
    >
      <Icon name={value === 1 ? 'up' : 'down'} />
    </button>
  );
  return (
    <div class="votes">
      {!own && button(1)}
      <span>
        <b>{number(item.score)}</b> <span class={own ? 'quiet' : 'hidden'}>{t('vote.score', { n: item.score })}</span>
      </span>
      {!own && button(-1)}
    </div>
  );
}
