import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { Icon } from '../ui/icon.tsx';
import type { Feed } from './feed.ts';

/** Tells of new posts without moving the reader; a click shows them and goes to the first. */
export function Pill({ feed }: { feed: Feed }): JSX.Element {
  const pending = feed.pending.value;
  const show = () => {
    const first = pending[0]?.id;
    feed.showPending();
    requestAnimationFrame(() => {
      const article = document.querySelector<HTMLElement>(`[role="feed"] [data-item="${first ?? ''}"]`);
      article?.focus({ preventScroll: true });
      scrollTo({ top: 0 });
    });
  };
  return (
    <div class="pill-place" aria-live="polite">
      {pending.length > 0 && (
        <button type="button" class="pill" data-key="." onClick={show}>
          <Icon name="up" size={18} />
          {t('feed.new', { n: pending.length })}
        </button>
      )}
    </div>
  );
}
