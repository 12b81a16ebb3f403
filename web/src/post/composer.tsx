import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { me } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { complain, toast } from '../ui/toast.tsx';
import { Attachments } from './attachments.tsx';
import { attach, attached, takeDraft, tellDescriptions, text, write } from './draft.ts';
import { post } from './outbox.ts';

/** Characters of a post. */
export const MOST = 1_000;
/** So many before the end the counter begins to warn. */
const NEAR = 50;

export function characters(of: string): number {
  return Array.from(of.trim()).length;
}

function take(files: readonly File[]): void {
  const tooMany = attach(files);
  if (tooMany > 0) {
    toast(t('composer.tooMany', { n: tooMany }));
  }
}

/** Where one writes a post: text, pictures pasted, dropped or chosen, and what is missing before it can go. */
export function Composer(): JSX.Element | null {
  const reminded = useSignal(false);
  const dragged = useSignal(false);
  const leaving = useSignal(false);
  const account = me.value;
  if (account === null) {
    return null;
  }
  const left = MOST - characters(text.value);
  const media = attached.value;
  const sending = media.some(it => it.medium === undefined && it.why === undefined);
  const refused = media.some(it => it.why !== undefined);
  const ready = left >= 0 && !sending && !refused && (left < MOST || media.length > 0);
  const bare = media.some(it => it.medium !== undefined && it.alt.trim() === '');
  const send = async () => {
    if (!ready || leaving.value) {
      return;
    }
    if (bare && !reminded.value) {
      reminded.value = true;
      return;
    }
    leaving.value = true;
    try {
      await tellDescriptions();
      reminded.value = false;
      const draft = takeDraft();
      post(draft.text, draft.media);
    } catch (error) {
      complain(error);
    } finally {
      leaving.value = false;
    }
  };
  return (
    <form
      class={`card composer ${dragged.value ? 'dragged' : ''}`}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
      onDragOver={event => {
        event.preventDefault();
        dragged.value = true;
      }}
      onDragLeave={() => (dragged.value = false)}
      onDrop={event => {
        event.preventDefault();
        dragged.value = false;
        take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Avatar name={`${account.firstName} ${account.lastName}`} seed={account.handle} />
      <div class="composer-body">
        <textarea
          data-key="n"
          dir="auto"
          rows={2}
          aria-label={t('composer.label')}
          placeholder={t('composer.placeholder')}
          value={text.value}
          onInput={event => write(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              send();
            }
          }}
          onPaste={event => {
            const files = [...(event.clipboardData?.files ?? [])];
            if (files.length > 0) {
              event.preventDefault();
              take(files);
            }
          }}
        />
        <Attachments media={media} />
        {reminded.value && bare && (
          <p class="hint" role="alert">
            {t('composer.alt.reminder')}
          </p>
        )}
        <div class="composer-foot">
          <label class="icon-button" title={t('composer.attach')}>
            <Icon name="image" />
            <span class="hidden">{t('composer.attach')}</span>
            <input
              type="file"
              multiple
              accept="image/jpeg,image/png,image/webp,image/gif,video/mp4,video/webm"
              onChange={event => {
                take([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = '';
              }}
            />
          </label>
          <span class={`counter ${left < 0 ? 'error' : left <= NEAR ? 'near' : ''}`} aria-live={left <= NEAR ? 'polite' : 'off'}>
            {left < MOST ? left : ''}
          </span>
          <button class="primary" disabled={!ready || leaving.value}>
            {t(reminded.value && bare ? 'composer.anyway' : 'composer.send')}
          </button>
        </div>
      </div>
    </form>
  );
}
