import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { Empty } from '../ui/empty.tsx';
import { Invitation } from './invitation.tsx';

/** A feed of somebody who follows nobody yet. */
export function NoFeed(): JSX.Element {
  return (
    <>
      <Empty title={t('feed.empty')}>
        <p>{t('feed.empty.text')}</p>
      </Empty>
      <Invitation />
    </>
  );
}
