import type { ComponentChildren, JSX } from 'preact';
import type { Schemas } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { AccountRow } from '../people/account-row.tsx';
import { QuestionRow } from '../question/question-row.tsx';
import { tagAddress } from '../question/tags.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { When } from '../ui/when.tsx';

/** Something found, with an id of its own in its list. */
export interface Hit {
  id: string;
  found: Schemas['SearchHit'];
}

/** Names a hit, that it is shown once. */
export function hit(found: Schemas['SearchHit']): Hit {
  const { post, question, person, tag } = found;
  return { id: post?.id ?? question?.id ?? person?.id ?? tag?.name ?? '', found };
}

/** A hit of whatever kind. */
export function HitRow({ id, found: { post, question, title, snippet, person, tag } }: Hit): JSX.Element | null {
  if (question !== undefined) {
    return <QuestionRow question={question} title={marked(title)} excerpt={marked(snippet)} />;
  }
  if (person !== undefined) {
    return <AccountRow account={person} />;
  }
  return (
    <div class="hit" role="listitem" data-item={id} tabIndex={0}>
      {post !== undefined && (
        <>
          <Author handle={post.author.handle} name={post.author.name} href={`/posts/${id}`}>
            <When at={post.createdAt} />
          </Author>
          <p dir="auto">{marked(snippet)}</p>
        </>
      )}
      {tag !== undefined && (
        <p class="head">
          <a class="tag" dir="auto" href={tagAddress(tag.name)} data-key="open">
            {tag.name}
          </a>
          <span class="quiet">{t('questions.total', { n: tag.questions })}</span>
        </p>
      )}
    </div>
  );
}

function Author({ handle, name, href, children }: { handle: string; name: string; href: string; children: ComponentChildren }): JSX.Element {
  return (
    <a class="author" href={href} data-key="open">
      <Avatar name={name} seed={handle} size={40} />
      <span>
        <bdi>{name}</bdi> <span class="quiet">@{handle}</span>
        <br />
        <span class="quiet">{children}</span>
      </span>
    </a>
  );
}

function marked(pieces: Schemas['Pieces'] = []): ComponentChildren {
  return pieces.map(({ text, hit: isHit }) => (isHit ? <mark>{text}</mark> : text));
}
