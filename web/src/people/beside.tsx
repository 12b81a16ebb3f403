import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import { number, short, t } from '../i18n/i18n.ts';
import { tagAddress } from '../question/tags.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Foot } from './foot.tsx';

/** Milliseconds after which rankings are looked at again; the server computes them anew about as often. */
const REFRESH = 5 * 60_000;

/** Popular tags, the best members, and the page's small print. */
export function Beside(): JSX.Element {
  const [tags, setTags] = useState<Schemas['PopularTags']['items']>([]);
  const [members, setMembers] = useState<Schemas['BestMembers']['items']>([]);
  useEffect(() => {
    const load = () => {
      if (!document.hidden) {
        api('get', '/api/v1/rankings/tags').then(it => setTags(it.items), () => undefined);
        api('get', '/api/v1/rankings/members').then(it => setMembers(it.items), () => undefined);
      }
    };
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, []);
  return (
    <aside class="beside" aria-label={t('beside')}>
      {tags.length > 0 && (
        <section class="card">
          <h2>{t('beside.tags')}</h2>
          <ul class="tags">
            {tags.map(({ tag, questions }) => (
              <li key={tag}>
                <a class="tag" href={tagAddress(tag)} title={t('questions.total', { n: questions })}>
                  <bdi>{tag}</bdi> <span class="quiet">{short(questions)}</span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {members.length > 0 && (
        <section class="card">
          <h2>{t('beside.members')}</h2>
          <ol class="ranking">
            {members.map(({ id, handle, name, score }) => (
              <li key={id}>
                <a class="author" href={`/@${handle}`}>
                  <Avatar name={name} seed={handle} size={28} />
                  <bdi>{name}</bdi>
                </a>
                <span class="quiet" title={t('vote.score', { n: score })}>
                  +{number(score)}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <Foot />
    </aside>
  );
}
