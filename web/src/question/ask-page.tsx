import type { JSX } from 'preact';
import { api } from '../api/client.ts';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { me, signInAddress } from '../session/session.ts';
import { Empty } from '../ui/empty.tsx';
import { entitle } from '../ui/title.ts';
import { useDraft } from './draft.ts';
import { QuestionForm, type Draft } from './question-form.tsx';

/** Where a question is asked; `?tag=` is its first tag. */
export default function AskPage({ place }: PageProps): JSX.Element {
  entitle(t('ask'));
  return (
    <>
      <h1>{t('ask')}</h1>
      {me.value === null ? (
        <Empty title={t('ask.signIn')}>
          <p>{t('ask.signIn.text')}</p>
          <a class="button" href={signInAddress()}>
            {t('signIn')}
          </a>
        </Empty>
      ) : (
        <Ask key={me.value.id} tag={place.query.get('tag')} />
      )}
    </>
  );
}

function Ask({ tag }: { tag: string | null }): JSX.Element {
  const [draft, change, post] = useDraft<Draft>('ask', { title: '', body: '', tags: tag === null ? [] : [tag] });
  const send = async () => {
    const { id } = await post(key => api('post', '/api/v1/questions', { body: draft, key }));
    go(`/questions/${id}`);
  };
  return <QuestionForm draft={draft} action={t('ask.send')} asking onChange={change} onSend={send} />;
}
