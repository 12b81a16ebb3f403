import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { Empty } from './empty.tsx';
import { entitle } from './title.ts';

/** What an address shows where nothing is. */
export default function NothingPage(): JSX.Element {
  entitle(t('nothing.title'));
  return (
    <>
      <h1 class="hidden">{t('nothing.title')}</h1>
      <Empty title={t('nothing.title')}>
        <p>{t('nothing.text')}</p>
        <a class="button" href="/">
          {t('nothing.home')}
        </a>
      </Empty>
    </>
  );
}
