import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { PagedList } from '../list/paged-list.tsx';
import { byId, Pager } from '../list/pager.ts';
import { hear } from '../live/live.ts';
import { kept, position } from '../memory.ts';
import type { Place } from '../router.ts';
import { useMember } from '../session/member.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Empty } from '../ui/empty.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { entitle } from '../ui/title.ts';
import { complain } from '../ui/toast.tsx';
import { When } from '../ui/when.tsx';
import { Telling, type Notification } from './telling.tsx';
import { unread } from './unread.ts';

const ICONS: Record<Notification['kind'], IconName> = {
  follow: 'person',
  like: 'heart',
  comment: 'comment',
  share: 'share',
  mention: 'comment',
  answer: 'question',
  accepted: 'check',
};

/** Pixels from the top at which one has not begun to read. */
const TOP = 40;

/** The notifications of one entry of the history, and whether there are newer ones. */
class Told {
  readonly pager = new Pager<Notification>((cursor, limit) => api('get', '/api/v1/notifications', { query: { limit, cursor } }));
  readonly news = signal(false);
  private marked = '';

  constructor(place: Place) {
    this.pager.more(position(place.key)?.loaded).then(() => this.markRead());
  }

  /** Says that what is on the screen is read; what is marked as new stays so until it is loaded again. */
  markRead(): void {
    const newest = this.pager.items.value[0];
    if (newest === undefined || newest.id === this.marked || document.hidden) {
      return;
    }
    this.marked = newest.id;
    if (!newest.read) {
      api('put', '/api/v1/notifications/read', { body: { upTo: newest.id } }).then(
        answer => (unread.value = answer.unread),
        () => (this.marked = ''),
      );
    }
  }

  /** Something came: it is shown at once to who is at the top, and else offered. */
  hear(id: string | undefined): void {
    const newest = this.pager.items.value[0]?.id ?? '';
    if (id !== undefined && byId(id, newest) > 0 && !this.pager.loading.value) {
      this.news.value = true;
      if (scrollY < TOP && !document.hidden && document.activeElement?.closest('[data-item]') === null) {
        this.refresh().catch(() => undefined);
      }
    }
  }

  /** Something may have come while nobody could tell. */
  look(): void {
    api('get', '/api/v1/notifications', { query: { limit: 1 } }).then(
      page => this.hear(page.items[0]?.id),
      () => undefined,
    );
  }

  async refresh(): Promise<void> {
    this.pager.show(await this.pager.again());
    this.news.value = false;
    this.markRead();
  }
}

/** What others did that concerns the reader. */
export default function NotificationsPage({ place }: PageProps): JSX.Element | null {
  entitle(t('nav.notifications'));
  const account = useMember(place);
  return account === null ? null : <Notifications place={place} handle={account.handle} />;
}

function Notifications({ place, handle }: { place: Place; handle: string }): JSX.Element {
  const told = kept(place.key, 'told', () => new Told(place));
  useEffect(() => {
    const seen = () => told.markRead();
    seen();
    document.addEventListener('visibilitychange', seen);
    const silence = hear(event => {
      if (event.event === 'notification') {
        told.hear(event.id);
      } else if (event.event === 'reset') {
        told.look();
      }
    });
    return () => {
      silence();
      document.removeEventListener('visibilitychange', seen);
    };
  }, [told]);
  const load = () => {
    scrollTo({ top: 0 });
    told.refresh().catch(complain);
  };
  return (
    <>
      <div class="head">
        <h1>{t('nav.notifications')}</h1>
        <a href="/settings/notifications">{t('notifications.choose')}</a>
      </div>
      <div class="pill-place" aria-live="polite">
        {told.news.value && (
          <button type="button" class="pill" data-key="." onClick={load}>
            <Icon name="up" size={18} /> {t('notifications.new')}
          </button>
        )}
      </div>
      <PagedList
        pager={told.pager}
        label={t('nav.notifications')}
        row={item => <Row key={item.id} item={item} handle={handle} />}
        empty={
          <Empty title={t('notifications.none')}>
            <p>{t('notifications.none.text')}</p>
            <a class="button" href="/">
              {t('nothing.home')}
            </a>
          </Empty>
        }
      />
    </>
  );
}

function Row({ item, handle }: { item: Notification; handle: string }): JSX.Element {
  const first = item.actors[0];
  return (
    <div class={`row told ${item.read ? '' : 'new'}`} role="listitem" data-item={item.id} tabIndex={0}>
      <span class="told-by">
        {first !== undefined && <Avatar name={first.name} seed={first.handle} />}
        <Icon name={ICONS[item.kind]} size={18} />
      </span>
      <div class="row-main">
        <Telling notification={item} me={handle} />
        <p class="quiet">
          {!item.read && <b class="fresh">{t('notifications.fresh')}</b>} <When at={item.at} />
        </p>
      </div>
    </div>
  );
}
