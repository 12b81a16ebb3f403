import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { number, t } from '../i18n/i18n.ts';
import { BodyField } from './body-field.tsx';
import { errorsOf, FieldError } from './field-error.tsx';
import { Similar } from './similar.tsx';
import { TagField } from './tag-field.tsx';

/** Characters of a title. */
const LONGEST = 150;

/** A question as it is written. */
export interface Draft {
  title: string;
  body: string;
  tags: string[];
}

interface Props {
  draft: Draft;
  format?: 'markdown' | 'html';
  action: string;
  /** Whether it is new: questions like it are shown then. */
  asking?: boolean;
  onChange: (change: Partial<Draft>) => void;
  onSend: (draft: Draft) => Promise<void>;
  onCancel?: () => void;
}

/** Where a question is asked or changed. */
export function QuestionForm({ draft, format = 'markdown', action, asking = false, onChange, onSend, onCancel }: Props): JSX.Element {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const element = useRef<HTMLInputElement>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const length = [...draft.title.trim()].length;
  const tooLong = length > LONGEST ? t('ask.title.long', { n: LONGEST }) : undefined;
  useEffect(() => {
    if (!asking) {
      element.current?.focus();
    }
  }, []);
  useEffect(() => {
    if (Object.keys(errors).length > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
    }
  }, [errors]);
  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = { ...(length === 0 && { title: t('form.missing') }), ...(draft.body.trim() === '' && { body: t('form.missing') }) };
    setErrors(missing);
    if (busy || tooLong !== undefined || Object.keys(missing).length > 0) {
      return;
    }
    setBusy(true);
    await onSend(draft).catch((error: unknown) => setErrors(errorsOf(error, ['title', 'body', 'tags'])));
    setBusy(false);
  };
  return (
    <form class="form write" ref={form} onSubmit={submit}>
      <div class="field">
        <div class="head">
          <label for={id}>{t('ask.title')}</label>
          <span class={tooLong === undefined ? 'quiet' : 'error'}>
            {number(length)} / {LONGEST}
          </span>
        </div>
        <input
          id={id}
          ref={element}
          dir="auto"
          autocomplete="off"
          value={draft.title}
          placeholder={t('ask.title.example')}
          aria-invalid={errors.title !== undefined || tooLong !== undefined || undefined}
          aria-describedby={`${id}-error`}
          onInput={event => onChange({ title: event.currentTarget.value })}
        />
        <FieldError id={`${id}-error`} text={tooLong ?? errors.title} />
        {asking && <Similar title={draft.title} />}
      </div>
      <BodyField label={t('ask.body')} value={draft.body} format={format} placeholder={t('ask.body.example')} error={errors.body} onChange={body => onChange({ body })} />
      <TagField tags={draft.tags} error={errors.tags} onChange={tags => onChange({ tags })} />
      <FieldError text={errors.form} />
      <div class="actions">
        {onCancel !== undefined && (
          <button type="button" class="plain" onClick={onCancel}>
            {t('cancel')}
          </button>
        )}
        <button type="submit" class="primary" disabled={busy}>
          {action}
        </button>
      </div>
    </form>
  );
}
