import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Question } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { QuestionForm } from './question-form.tsx';

/** One's own question, to be changed in its place. */
export function QuestionEditor({ question, onDone, onCancel }: { question: Question; onDone: (question: Question) => void; onCancel: () => void }): JSX.Element {
  const [draft, setDraft] = useState({ title: question.title, body: question.body?.text ?? '', tags: question.tags });
  return (
    <section class="card question">
      <h1>{t('question.edit')}</h1>
      <QuestionForm
        draft={draft}
        format={question.body?.format ?? 'markdown'}
        action={t('save')}
        onChange={change => setDraft(before => ({ ...before, ...change }))}
        onSend={async body => onDone(await api('put', '/api/v1/questions/{id}', { path: { id: question.id }, body }))}
        onCancel={onCancel}
      />
    </section>
  );
}
