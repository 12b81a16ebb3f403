import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api, type Question } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import { Suggester } from '../search/suggester.ts';

/** Letters of a word that says what a question is about, and how much of a title is searched for. */
const TELLING = 4;
const LONGEST = 200;

/** Finds questions with any of a title's words; those with most of them come first. */
async function find(title: string, signal: AbortSignal): Promise<Question[]> {
  const words = (title.match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? []).filter(it => it.length >= TELLING);
  if (words.length === 0) {
    return [];
  }
  const q = words.join(' or ').slice(0, LONGEST);
  const found = await api('get', '/api/v1/search', { query: { q, kind: 'questions', limit: 4 }, signal });
  return found.items.flatMap(it => it.question ?? []);
}

/** Questions like the one whose title is being typed: the answer may be there already. */
export function Similar({ title }: { title: string }): JSX.Element | null {
  const [found, setFound] = useState<Question[]>([]);
  const suggester = useMemo(() => new Suggester(find, setFound), []);
  useEffect(() => suggester.type(title), [title]);
  useEffect(() => () => suggester.stop(), []);
  if (found.length === 0) {
    return null;
  }
  return (
    <section class="similar" aria-label={t('ask.similar')}>
      <h2>{t('ask.similar')}</h2>
      <ul>
        {found.map(({ id, title: asked, answers }) => (
          <li key={id}>
            <a href={`/questions/${id}`} dir="auto">
              {asked}
            </a>{' '}
            <span class="quiet">{t('post.answers', { n: answers })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
