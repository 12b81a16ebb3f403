import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';
import { SearchBox } from '../search/search-box.tsx';
import { me, signInAddress, signOut } from '../session/session.ts';
import { Avatar } from './avatar.tsx';
import { complain } from './toast.tsx';

/** The top of every page: where one is, search, and who one is. */
export function Header(): JSX.Element {
  const account = me.value;
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href="/" aria-label="Freshet">
          <img src="/icon.svg" width="30" height="30" alt="" />
          <span>Freshet</span>
        </a>
        <SearchBox />
        {account === null ? (
          <nav class="entry" aria-label={t('account')}>
            <a href={signInAddress()}>{t('signIn')}</a>
            <a class="button" href="/register">
              {t('register')}
            </a>
          </nav>
        ) : (
          <nav class="entry" aria-label={t('account')}>
            <a class="who" href="/me" title={`@${account.handle}`}>
              <span class="hidden">{t('nav.me')}</span>
              <Avatar name={`${account.firstName} ${account.lastName}`} seed={account.handle} size={34} />
            </a>
            <button type="button" class="plain" onClick={() => signOut().catch(complain)}>
              {t('signOut')}
            </button>
          </nav>
        )}
      </div>
    </header>
  );
}
