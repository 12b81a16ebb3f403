import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';

/** The tags of a question, each a link to the questions that have it. */
export function TagLinks({ tags }: { tags: string[] }): JSX.Element {
  return (
    <ul class="tags" aria-label={t('search.tags')}>
      {tags.map(tag => (
        <li key={tag}>
          <a class="tag" dir="auto" href={tagAddress(tag)}>
            {tag}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Where the questions with a tag are. */
export function tagAddress(tag: string): string {
  return `/questions?tag=${encodeURIComponent(tag)}`;
}
