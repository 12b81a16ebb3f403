import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Html } from '../ui/html.tsx';
import { complain } from '../ui/toast.tsx';
import { FieldError } from './field-error.tsx';

interface Props {
  label: string;
  value: string;
  /** Imported texts are HTML and stay so. */
  format?: 'markdown' | 'html';
  placeholder?: string;
  error: string | undefined;
  /** Whether one begins to write here at once. */
  begin?: boolean;
  onChange: (value: string) => void;
}

/** Where a body is written, and looked at as pages will show it. Ctrl+Enter sends the form that it is in. */
export function BodyField({ label, value, format = 'markdown', placeholder, error, begin = false, onChange }: Props): JSX.Element {
  const id = useId();
  const element = useRef<HTMLTextAreaElement>(null);
  const looking = useRef(false);
  const [seen, setSeen] = useState<{ of: string; html: string } | null>(null);
  // Of another text it shows nothing: that one was sent meanwhile, or written on.
  const preview = seen?.of === value ? seen.html : null;
  const look = () => {
    looking.current = true;
    api('post', '/api/v1/questions/preview', { body: { body: value } }).then(it => looking.current && setSeen({ of: value, html: it.html }), complain);
  };
  const write = () => {
    looking.current = false;
    setSeen(null);
  };
  useEffect(() => {
    if (begin) {
      element.current?.focus();
    }
  }, []);
  return (
    <div class="field">
      <div class="head">
        <label for={id}>{label}</label>
        {format === 'markdown' && (
          <div class="modes">
            <button type="button" class="plain" aria-pressed={preview === null} onClick={write}>
              {t('body.write')}
            </button>
            <button type="button" class="plain" aria-pressed={preview !== null} disabled={value.trim() === ''} onClick={look}>
              {t('body.preview')}
            </button>
          </div>
        )}
      </div>
      {preview !== null && <Html class="prose written" html={preview} />}
      <textarea
        id={id}
        ref={element}
        hidden={preview !== null}
        placeholder={placeholder}
        dir="auto"
        data-key="n"
        value={value}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={`${id}-hint ${id}-error`}
        onInput={event => onChange(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.currentTarget.form?.requestSubmit();
          }
        }}
      />
      <p class="quiet hint" id={`${id}-hint`}>
        {t(format === 'markdown' ? 'body.hint' : 'body.html')}
      </p>
      <FieldError id={`${id}-error`} text={error} />
    </div>
  );
}
