import type { JSX } from 'preact';
import type { Account } from '../api/client.ts';
import { counted, short, t } from '../i18n/i18n.ts';
import { date } from '../i18n/time.ts';
import { me } from '../session/session.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Menu } from '../ui/menu.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { complain, toast } from '../ui/toast.tsx';
import { FollowButton } from './follow-button.tsx';
import { follows } from './follows.ts';
import { mute, mutes, restrict, unmute } from './hiding.ts';

/** Who somebody is. */
export function ProfileHead({ account, own }: { account: Account; own: boolean }): JSX.Element {
  const name = `${account.firstName} ${account.lastName}`.trim();
  const author = { id: account.id, handle: account.handle, name };
  const page = `/@${account.handle}`;
  // The server counted with what the reader did till then.
  const since = me.value === null ? 0 : Number(follows(account)) - Number(account.viewer?.following === true);
  const followers = (account.counts?.followers ?? 0) + since;
  return (
    <section class="card profile">
      <div class="profile-top">
        <Avatar name={name} seed={account.handle} size={80} />
        <div class="profile-deeds">
          {own ? (
            <a class="button plain-button" href="/settings/profile">
              {t('profile.edit')}
            </a>
          ) : (
            <>
              <FollowButton account={account} />
              <Menu label={t('post.more')}>
                {mutes(account) ? (
                  <button type="button" onClick={() => unmute(author).then(() => toast(t('hiding.unmuted', { name })), complain)}>
                    {t('hiding.unmute', { name })}
                  </button>
                ) : (
                  <button type="button" onClick={() => mute(author)}>
                    {t('hiding.mute', { name })}
                  </button>
                )}
                <button type="button" onClick={() => restrict(author)}>
                  {t('hiding.restrict', { name })}
                </button>
              </Menu>
            </>
          )}
        </div>
      </div>
      <h1 dir="auto">{name}</h1>
      <p class="quiet">@{account.handle}</p>
      {account.biography !== '' && <RichText text={account.biography} />}
      <p class="facts quiet">
        {account.city !== '' && <span dir="auto">{account.city}</span>}
        <span>{t('profile.since', { date: date(account.createdAt) })}</span>
      </p>
      {account.counts !== undefined && (
        <p class="facts">
          <a href={`${page}/followees`}>
            <b>{short(account.counts.followees)}</b> {t('profile.followees')}
          </a>
          <a href={`${page}/followers`}>
            <b>{short(followers)}</b> {t('profile.followers', { n: counted(followers) })}
          </a>
        </p>
      )}
    </section>
  );
}
