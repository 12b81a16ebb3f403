import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { listen } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import { place as current, go, withQuery } from '../router.ts';
import { Empty } from '../ui/empty.tsx';
import { Skeletons } from '../ui/late.tsx';
import { Trouble } from '../ui/loaded.tsx';
import { entitle } from '../ui/title.ts';
import { toast } from '../ui/toast.tsx';
import { Answers } from './answers.tsx';
import { apply } from './heard.ts';
import { pageOf } from './page-links.tsx';
import { QuestionHead } from './question-head.tsx';
import { Thread } from './thread.ts';

/** A question and its answers, as they change; `#answer-<id>` points to one of them. */
export default function QuestionPage({ place, names: { id = '' } }: PageProps): JSX.Element {
  const thread = kept(place.key, 'thread', () => new Thread(id, pageOf(place.query)));
  // Where the reader was goes before what the address points to: it was pointed to then.
  const [pointed] = useState(() => (position(place.key) === undefined ? /^#answer-(\d+)$/.exec(place.hash)?.[1] : undefined));
  useEffect(() => {
    const open = async () => {
      await thread.begin();
      if (pointed !== undefined && thread.question.value !== null) {
        if (!(await thread.seek(pointed))) {
          toast(t('answers.notThere'));
        }
      }
    };
    const deaf = listen(`question:${id}`, event => apply(thread, event));
    open();
    return () => {
      deaf();
      thread.pointed.value = '';
    };
    // Another one when the session has ended.
  }, [thread]);
  const page = thread.page.value;
  useEffect(() => {
    // The answer that was looked for is on another page, or there are not as many pages.
    if (page !== pageOf(place.query) && current.peek() === place) {
      go(withQuery({ page: page === 1 ? undefined : String(page) }) + place.hash, true);
    }
  }, [page]);
  const question = thread.question.value;
  entitle(thread.gone.value ? t('nothing.title') : (question?.title ?? t('nav.questions')));
  if (thread.gone.value) {
    return <Gone />;
  }
  if (question === null) {
    return (
      <>
        <h1 class="hidden">{t('nav.questions')}</h1>
        {thread.failed.value === null ? <Skeletons /> : <Trouble error={thread.failed.value} again={() => thread.load()} />}
      </>
    );
  }
  return (
    <>
      <QuestionHead thread={thread} question={question} />
      <Answers thread={thread} />
    </>
  );
}

function Gone(): JSX.Element {
  return (
    <>
      <h1 class="hidden">{t('nothing.title')}</h1>
      <Empty title={t('question.gone')}>
        <p>{t('nothing.text')}</p>
        <a class="button" href="/questions">
          {t('question.all')}
        </a>
      </Empty>
    </>
  );
}
