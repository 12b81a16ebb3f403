import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { online } from '../live/live.ts';
import { me } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { Media } from './media.tsx';
import { discard, outgoing, retry, type Outgoing } from './outbox.ts';

/** The reader's posts that are on their way, the newest first. */
export function OutgoingCards(): JSX.Element {
  const own = outgoing.value.filter(it => it.author === me.value?.id);
  return (
    <>
      {own.toReversed().map(it => (
        <OutgoingCard key={it.key} it={it} />
      ))}
    </>
  );
}

function OutgoingCard({ it }: { it: Outgoing }): JSX.Element | null {
  const account = me.value;
  if (account === null) {
    return null;
  }
  const name = `${account.firstName} ${account.lastName}`.trim();
  return (
    <div class="card post outgoing" aria-busy={it.state === 'sending'}>
      <header>
        <Avatar name={name} seed={account.handle} />
        <div class="post-head">
          <span class="name">{name}</span>
          <span class={it.state === 'refused' ? 'error' : 'quiet'} role="status">
            {it.state === 'refused' ? t('outgoing.refused', { why: it.why ?? '' }) : t(it.state === 'waiting' && !online.value ? 'outgoing.offline' : 'outgoing.sending')}
          </span>
        </div>
      </header>
      {it.text !== '' && <RichText text={it.text} />}
      {it.media.length > 0 && <Media media={it.media} />}
      {it.state === 'refused' && (
        <div class="actions">
          <button type="button" class="plain" onClick={() => discard(it.key)}>
            {t('outgoing.discard')}
          </button>
          <button type="button" onClick={() => retry(it.key)}>
            {t('retry')}
          </button>
        </div>
      )}
    </div>
  );
}
