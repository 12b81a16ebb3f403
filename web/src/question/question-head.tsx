import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Question } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { me } from '../session/session.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Html } from '../ui/html.tsx';
import { lazy } from '../ui/lazy.tsx';
import { Menu } from '../ui/menu.tsx';
import { complain, toast } from '../ui/toast.tsx';
import { Byline } from './byline.tsx';
import { TagLinks } from './tags.tsx';
import type { Thread } from './thread.ts';
import { VoteButtons } from './vote-buttons.tsx';

const QuestionEditor = lazy(() => import('./question-editor.tsx').then(it => it.QuestionEditor));

/** The question itself; its author may change and delete it. */
export function QuestionHead({ thread, question }: { thread: Thread; question: Question }): JSX.Element {
  const element = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState<boolean>();
  useEffect(() => {
    if (editing === false) {
      element.current?.focus();
    }
  }, [editing]);
  const [asking, setAsking] = useState(false);
  const remove = () => {
    setAsking(false);
    api('delete', '/api/v1/questions/{id}', { path: { id: question.id } }).then(() => {
      toast(t('question.deleted'));
      go('/questions');
    }, complain);
  };
  if (editing === true) {
    const done = (edited: Question) => {
      thread.show(edited);
      setEditing(false);
    };
    return <QuestionEditor question={question} onDone={done} onCancel={() => setEditing(false)} />;
  }
  return (
    <article class="card question" ref={element} tabIndex={-1}>
      <header class="head">
        <h1 dir="auto">{question.title}</h1>
        {question.author.id === me.value?.id && (
          <Menu label={t('post.more')}>
            <button type="button" onClick={() => setEditing(true)}>
              {t('post.edit')}
            </button>
            <button type="button" onClick={() => setAsking(true)}>
              {t('post.delete')}
            </button>
          </Menu>
        )}
      </header>
      <div class="voted">
        <VoteButtons thread={thread} item={question} />
        <div>
          <Html class="prose" html={question.body?.html ?? ''} />
          <TagLinks tags={question.tags} />
          <Byline of={question}> · {t('question.views', { n: question.views })}</Byline>
        </div>
      </div>
      {asking && <Confirm title={t('question.delete')} text={t('question.delete.sure')} yes={t('post.delete')} onYes={remove} onClose={() => setAsking(false)} />}
    </article>
  );
}
