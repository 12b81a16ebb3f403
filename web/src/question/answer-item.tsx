import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type Answer } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { me } from '../session/session.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Html } from '../ui/html.tsx';
import { Icon } from '../ui/icon.tsx';
import { lazy } from '../ui/lazy.tsx';
import { Menu } from '../ui/menu.tsx';
import { complain, toast } from '../ui/toast.tsx';
import { Byline } from './byline.tsx';
import type { Thread } from './thread.ts';
import { VoteButtons } from './vote-buttons.tsx';

const AnswerEditor = lazy(() => import('./answer-form.tsx').then(it => it.AnswerEditor));

/** An answer. Its author may change and delete it, who asked may accept it. */
export function AnswerItem({ thread, answer }: { thread: Thread; answer: Answer }): JSX.Element {
  const element = useRef<HTMLElement>(null);
  const [editing, setEditing] = useState(false);
  const pointed = thread.pointed.value === answer.id;
  useEffect(() => {
    if (pointed) {
      element.current?.scrollIntoView({ block: 'start' });
      element.current?.focus({ preventScroll: true });
    }
  }, [pointed]);
  const close = () => {
    setEditing(false);
    element.current?.focus({ preventScroll: true });
  };
  return (
    <article class={`card answer voted ${pointed ? 'pointed' : ''}`} id={`answer-${answer.id}`} data-item={answer.id} tabIndex={0} ref={element}>
      <VoteButtons thread={thread} item={answer} />
      {editing ? (
        <AnswerEditor
          answer={answer}
          onDone={(edited: Answer) => {
            thread.replace(edited);
            close();
          }}
          onCancel={close}
        />
      ) : (
        <div>
          {answer.accepted && (
            <p class="accepted">
              <Icon name="check" size={18} />
              {t('answer.accepted')}
            </p>
          )}
          <Html class="prose" html={answer.body.html} />
          <div class="head">
            <Byline of={answer} />
            {me.value !== null && thread.question.value?.author.id === me.value.id && <Accept thread={thread} answer={answer} />}
            {answer.author.id === me.value?.id && <Actions thread={thread} answer={answer} onEdit={() => setEditing(true)} />}
          </div>
        </div>
      )}
    </article>
  );
}

/** Who asked accepts an answer in place of any other, or does so no more. */
function Accept({ thread, answer: { id, accepted } }: { thread: Thread; answer: Answer }): JSX.Element {
  const accept = () => {
    const before = thread.answers.value.find(it => it.accepted)?.id;
    thread.mark(accepted ? undefined : id);
    api(accepted ? 'delete' : 'put', '/api/v1/answers/{id}/accepted', { path: { id } }).catch((error: unknown) => {
      thread.mark(before);
      complain(error);
    });
  };
  return (
    <button type="button" class="plain" onClick={accept}>
      {!accepted && <Icon name="check" size={18} />}
      {t(accepted ? 'answer.unaccept' : 'answer.accept')}
    </button>
  );
}

function Actions({ thread, answer: { id }, onEdit }: { thread: Thread; answer: Answer; onEdit: () => void }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const remove = () => {
    setAsking(false);
    api('delete', '/api/v1/answers/{id}', { path: { id } }).then(() => {
      thread.remove(id);
      toast(t('answer.deleted'));
    }, complain);
  };
  return (
    <>
      <Menu label={t('post.more')}>
        <button type="button" onClick={onEdit}>
          {t('post.edit')}
        </button>
        <button type="button" onClick={() => setAsking(true)}>
          {t('post.delete')}
        </button>
      </Menu>
      {asking && <Confirm title={t('answer.delete')} text={t('answer.delete.sure')} yes={t('post.delete')} onYes={remove} onClose={() => setAsking(false)} />}
    </>
  );
}
