import type { JSX } from 'preact';
import type { Answer } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { go, withQuery } from '../router.ts';
import { me, signInAddress } from '../session/session.ts';
import { Empty } from '../ui/empty.tsx';
import { lazy } from '../ui/lazy.tsx';
import { AnswerItem } from './answer-item.tsx';
import { PageLinks } from './page-links.tsx';
import { PAGE } from './places.ts';
import type { Thread } from './thread.ts';

const NewAnswer = lazy(() => import('./answer-form.tsx').then(it => it.NewAnswer));

/** The answers of one page, what is heard of others, and where one answers. */
export function Answers({ thread }: { thread: Thread }): JSX.Element {
  const answers = thread.answers.value;
  const page = thread.page.value;
  const n = Math.max(thread.question.value?.answers ?? 0, (page - 1) * PAGE + answers.length);
  const sent = (answer: Answer) => {
    if (!thread.add(answer)) {
      go(`${withQuery({ page: undefined })}#answer-${answer.id}`);
    }
  };
  return (
    <section class="answers" aria-labelledby="answers">
      <header class="head">
        <h2 id="answers">{t('post.answers', { n })}</h2>
        <Elsewhere thread={thread} />
      </header>
      <p class="hidden" role="status">
        {thread.announced.value}
      </p>
      {n === 0 ? (
        <Empty title={t('answers.none')}>
          <p>{t('answers.none.text')}</p>
        </Empty>
      ) : (
        answers.map(answer => <AnswerItem key={answer.id} thread={thread} answer={answer} />)
      )}
      <PageLinks page={page} pages={thread.pages.value} />
      {me.value === null ? (
        <a class="button" href={signInAddress()}>
          {t('answer.signIn')}
        </a>
      ) : (
        <div class="answer-place">
          <NewAnswer question={thread.id} onSent={sent} />
        </div>
      )}
    </section>
  );
}

/** Tells of new answers that belong on another page. */
function Elsewhere({ thread }: { thread: Thread }): JSX.Element {
  const newest = thread.elsewhere.value.at(-1);
  return (
    <div role="status">
      {newest !== undefined && (
        <p class="banner good">
          <a href={`${withQuery({ page: newest.page === 1 ? undefined : String(newest.page) })}#answer-${newest.id}`}>
            {t('answers.elsewhere', { n: thread.elsewhere.value.length })}
          </a>
        </p>
      )}
    </div>
  );
}
