import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api, type Question } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';

/** What is asked and answered most at the moment, in a few lines. */
export function HotQuestions(): JSX.Element | null {
  const hot = useSignal<Question[]>([]);
  useEffect(() => {
    api('get', '/api/v1/questions', { query: { sort: 'hot', limit: 8 } }).then(page => (hot.value = page.items), () => undefined);
  }, []);
  if (hot.value.length === 0) {
    return null;
  }
  return (
    <section class="card">
      <h2>{t('questions.hot.now')}</h2>
      <ul class="plain-list">
        {hot.value.map(it => (
          <li key={it.id}>
            <a class="question-line" href={`/questions/${it.id}`}>
              <span class="question-title" dir="auto">
                {it.title}
              </span>
              <span class="quiet">
                {t('post.score', { n: it.score })} · {t('post.answers', { n: it.answers })}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
