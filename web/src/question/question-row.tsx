import type { ComponentChildren, JSX } from 'preact';
import type { Question } from '../api/client.ts';
import { counted, short, t } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { Byline } from './byline.tsx';
import { TagLinks } from './tags.tsx';

interface Props {
  question: Question;
  /** Shown in place of title and excerpt, where some of their words are marked. */
  title?: ComponentChildren;
  excerpt?: ComponentChildren;
}

/** A question in a list. */
export function QuestionRow({ question, title = question.title, excerpt = question.excerpt }: Props): JSX.Element {
  const { id, score, answers, accepted, tags } = question;
  return (
    <div class="question-row" role="listitem" data-item={id} tabIndex={0}>
      <p class="figures">
        <span>
          <b>{short(score)}</b> {t('vote.score', { n: counted(score) })}
        </span>
        <span class={accepted === undefined ? '' : 'accepted'}>
          {accepted !== undefined && <Icon name="check" size={16} />}
          <b>{short(answers)}</b> {t('answers.n', { n: counted(answers) })}
          {accepted !== undefined && <span class="hidden">{t('answers.oneAccepted')}</span>}
        </span>
      </p>
      <div>
        <h2 dir="auto">
          <a href={`/questions/${id}`} data-key="open">
            {title}
          </a>
        </h2>
        {excerpt !== undefined && (
          <p class="excerpt" dir="auto">
            {excerpt}
          </p>
        )}
        <div class="head">
          <TagLinks tags={tags} />
          <Byline of={question} />
        </div>
      </div>
    </div>
  );
}
