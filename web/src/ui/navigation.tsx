import type { JSX } from 'preact';
import { t, type MessageKey } from '../i18n/i18n.ts';
import { unread } from '../notification/unread.ts';
import { place } from '../router.ts';
import { me } from '../session/session.ts';
import { Icon, type IconName } from './icon.tsx';

interface Target {
  href: string;
  icon: IconName;
  label: MessageKey;
  /** Only for those who are signed in; or only for administrators. */
  for?: 'members' | 'administrators';
}

const TARGETS: Target[] = [
  { href: '/', icon: 'home', label: 'nav.feed' },
  { href: '/me', icon: 'person', label: 'nav.me', for: 'members' },
  { href: '/questions', icon: 'question', label: 'nav.questions' },
  { href: '/notifications', icon: 'bell', label: 'nav.notifications', for: 'members' },
  { href: '/settings', icon: 'gear', label: 'nav.settings', for: 'members' },
  { href: '/status', icon: 'pulse', label: 'nav.status', for: 'administrators' },
];

/** The main ways through the page: at the side, or at the bottom of a phone. */
export function Navigation(): JSX.Element {
  const account = me.value;
  const seen = TARGETS.filter(it => it.for === undefined || (it.for === 'members' ? account !== null : account?.administrator === true));
  const path = place.value.path;
  return (
    <nav class="ways" aria-label={t('nav')}>
      {seen.map(({ href, icon, label }) => (
        <a key={href} href={href} aria-current={path === href || (href !== '/' && path.startsWith(`${href}/`)) ? 'page' : undefined}>
          <Icon name={icon} />
          <span>{t(label)}</span>
          {href === '/notifications' && unread.value > 0 && (
            <b class="count" aria-label={t('notifications.unread', { n: unread.value })}>
              {unread.value >= 100 ? '99+' : unread.value}
            </b>
          )}
        </a>
      ))}
    </nav>
  );
}
