import type { ComponentType, JSX } from 'preact';
import type { PageProps } from '../app.tsx';
import type { Account } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Foot } from '../people/foot.tsx';
import type { Place } from '../router.ts';
import { useMember } from '../session/member.ts';
import { entitle } from '../ui/title.ts';
import { AccountSection } from './account-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { MutedSection, RestrictedSection } from './hidden-section.tsx';
import { MailSection } from './mail-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import { ProfileSection } from './profile-section.tsx';

/** What a section of the settings is given. */
export interface SectionProps {
  account: Account;
  place: Place;
}

const SECTIONS = {
  profile: ProfileSection,
  appearance: AppearanceSection,
  notifications: NotificationsSection,
  mail: MailSection,
  muted: MutedSection,
  restricted: RestrictedSection,
  account: AccountSection,
} satisfies Record<string, ComponentType<SectionProps>>;

type SectionName = keyof typeof SECTIONS;

/** What members decide for themselves, by section. */
export default function SettingsPage({ place, names }: PageProps): JSX.Element | null {
  const account = useMember(place);
  const current = (names.section ?? 'profile') as SectionName;
  const Section: ComponentType<SectionProps> = SECTIONS[current];
  entitle(`${t(`settings.${current}`)} · ${t('nav.settings')}`);
  if (account === null) {
    return null;
  }
  return (
    <>
      <h1>{t('nav.settings')}</h1>
      <nav class="tabs many" aria-label={t('nav.settings')}>
        {(Object.keys(SECTIONS) as SectionName[]).map(name => (
          <a key={name} href={`/settings/${name}`} aria-current={name === current ? 'page' : undefined} ref={name === current ? intoView : null}>
            {t(`settings.${name}`)}
          </a>
        ))}
      </nav>
      <Section account={account} place={place} />
      <Foot />
    </>
  );
}

/** On a phone the tabs are wider than the screen. */
function intoView(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });
}
