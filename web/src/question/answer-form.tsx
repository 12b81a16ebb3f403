import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { api, type Answer } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { BodyField } from './body-field.tsx';
import { useDraft } from './draft.ts';
import { errorsOf, FieldError } from './field-error.tsx';

/** Where a question is answered. */
export function NewAnswer({ question, onSent }: { question: string; onSent: (answer: Answer) => void }): JSX.Element {
  const [draft, change, post] = useDraft(`answer:${question}`, { body: '' });
  const send = async () => onSent(await post(key => api('post', '/api/v1/questions/{id}/answers', { path: { id: question }, body: draft, key })));
  return <AnswerFields label={t('answer.yours')} action={t('answer.send')} body={draft.body} onChange={body => change({ body })} onSend={send} />;
}

/** An answer that is changed in its place. */
export function AnswerEditor({ answer, onDone, onCancel }: { answer: Answer; onDone: (answer: Answer) => void; onCancel: () => void }): JSX.Element {
  const [body, setBody] = useState(answer.body.text);
  const send = async () => onDone(await api('put', '/api/v1/answers/{id}', { path: { id: answer.id }, body: { body } }));
  return (
    <AnswerFields label={t('answer.edit')} begin action={t('save')} format={answer.body.format} body={body} onChange={setBody} onSend={send}>
      <button type="button" class="plain" onClick={onCancel}>
        {t('cancel')}
      </button>
    </AnswerFields>
  );
}

interface Fields {
  label: string;
  action: string;
  format?: 'markdown' | 'html';
  body: string;
  begin?: boolean;
  onChange: (body: string) => void;
  onSend: () => Promise<void>;
  children?: JSX.Element;
}

function AnswerFields({ label, action, format = 'markdown', body, begin = false, onChange, onSend, children }: Fields): JSX.Element {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || body.trim() === '') {
      return;
    }
    setBusy(true);
    setErrors({});
    await onSend().catch((error: unknown) => setErrors(errorsOf(error, ['body'])));
    setBusy(false);
  };
  return (
    <form class="form write" onSubmit={submit}>
      <BodyField label={label} value={body} format={format} error={errors.body} begin={begin} onChange={onChange} />
      <FieldError text={errors.form} />
      <div class="actions">
        {children}
        <button type="submit" class="primary" disabled={busy || body.trim() === ''}>
          {action}
        </button>
      </div>
    </form>
  );
}
