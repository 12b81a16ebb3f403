import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import { describe, detach, type Attached } from './draft.ts';

/** The pictures of a draft, each with its progress, what is to be seen in it, and a way out. */
export function Attachments({ media }: { media: readonly Attached[] }): JSX.Element | null {
  if (media.length === 0) {
    return null;
  }
  return (
    <ul class="attachments">
      {media.map(it => (
        <li key={it.key}>
          { }
          {it.video ? <video src={it.preview} muted /> : <img src={it.preview} alt="" />}
          <div>
            {it.why !== undefined ? (
              <p class="error" role="alert">
                {it.why}
              </p>
            ) : it.medium === undefined ? (
              <progress value={it.sent} aria-label={t('composer.uploading')} />
            ) : (
              <label>
                <span>{t('composer.alt')}</span>
                <textarea dir="auto" rows={2} maxLength={1500} value={it.alt} onInput={event => describe(it, event.currentTarget.value)} />
              </label>
            )}
          </div>
          <button type="button" class="plain" aria-label={t('composer.detach')} onClick={() => detach(it)}>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
