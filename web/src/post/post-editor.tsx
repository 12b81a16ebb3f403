import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Original } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { said } from '../ui/toast.tsx';
import { characters, MOST } from './composer.tsx';
import { edit } from './posts.ts';

/** Changes a post's text where it stands. */
export function PostEditor({ post, onClose }: { post: Original; onClose: () => void }): JSX.Element {
  const text = useSignal(post.text);
  const why = useSignal('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const left = MOST - characters(text.value);
  const ready = left >= 0 && left < MOST;
  const save = () => {
    if (ready) {
      edit(post.id, text.value.trim()).then(onClose, (error: unknown) => (why.value = said(error)));
    }
  };
  return (
    <form
      class="composer-body"
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
    >
      <textarea
        ref={field}
        dir="auto"
        rows={3}
        aria-label={t('post.edit')}
        value={text.value}
        onInput={event => (text.value = event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            save();
          } else if (event.key === 'Escape') {
            onClose();
          }
        }}
      />
      {why.value !== '' && (
        <p class="error" role="alert">
          {why.value}
        </p>
      )}
      <div class="composer-foot">
        <span class={`counter ${left < 0 ? 'error' : ''}`}>{left}</span>
        <button type="button" class="plain" onClick={onClose}>
          {t('cancel')}
        </button>
        <button class="primary" disabled={!ready}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}
