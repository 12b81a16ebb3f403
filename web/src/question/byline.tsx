import type { ComponentChildren, JSX } from 'preact';
import type { Answer, Question } from '../api/client.ts';
import { full } from '../i18n/time.ts';
import { t } from '../i18n/i18n.ts';
import { Avatar } from '../ui/avatar.tsx';
import { When } from '../ui/when.tsx';

/** Who wrote something, and when. */
export function Byline({ of, children }: { of: Question | Answer; children?: ComponentChildren }): JSX.Element {
  const { author, createdAt, editedAt } = of;
  return (
    <p class="byline">
      <a href={`/@${author.handle}`} class="author">
        <Avatar name={author.name} seed={author.handle} size={28} />
        <bdi>{author.name}</bdi>
      </a>
      <span class="quiet">
        <When at={createdAt} />
        {editedAt !== undefined && <span title={full(editedAt)}> · {t('post.edited')}</span>}
        {children}
      </span>
    </p>
  );
}
