import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { listen } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import { go, withQuery } from '../router.ts';
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
        await point(thread, pointed);
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

async function point(thread: Thread, answer: string): Promise<void> {
  const page = thread.page.value;
  if (!(await thread.seek(answer))) {
    toast(t('answers.notThere'));
  } else if (thread.page.value !== page) {
    go(`${withQuery({ page: thread.page.value === 1 ? undefined : String(thread.page.value) })}#answer-${answer}`, true);
  }
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
