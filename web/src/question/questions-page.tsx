import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { api, type Schemas } from '../api/client.ts';
import type { PageProps } from '../app.tsx';
import { t } from '../i18n/i18n.ts';
import { kept } from '../memory.ts';
import { place as current, go, withQuery } from '../router.ts';
import { Empty } from '../ui/empty.tsx';
import { Skeletons } from '../ui/late.tsx';
import { Trouble } from '../ui/loaded.tsx';
import { entitle } from '../ui/title.ts';
import { pageOf, PageLinks } from './page-links.tsx';
import { QuestionRow } from './question-row.tsx';

const SORTS = ['new', 'hot', 'unanswered'] as const;

/** Beyond this many the server stops counting. */
const MOST = 10_000;

/** Questions, a page at a time: new, hot, unanswered, or with a tag. */
export default function QuestionsPage({ place }: PageProps): JSX.Element {
  const tag = place.query.get('tag') ?? undefined;
  const sort = SORTS.find(it => it === place.query.get('sort')) ?? 'new';
  const shown = kept(place.key, 'questions', () => signal<Schemas['QuestionPage'] | null>(null));
  const failed = kept(place.key, 'failed', () => signal<unknown>(null));
  const load = (number = pageOf(place.query)) => {
    failed.value = null;
    const query = { page: number, ...(tag === undefined ? { sort } : { tag }) };
    api('get', '/api/v1/questions', { query }).then(
      page => {
        const { pages = 1 } = page;
        if (number <= pages) {
          shown.value = page;
        } else if (current.peek().key === place.key) {
          go(withQuery({ page: pages === 1 ? undefined : String(pages) }), true);
          load(pages);
        }
      },
      (error: unknown) => (failed.value = error),
    );
  };
  useEffect(() => {
    if (shown.value === null) {
      load();
    }
    // Another one when the session has ended.
  }, [shown]);
  const title = tag === undefined ? t('nav.questions') : t('questions.tagged', { tag });
  entitle(title);
  return (
    <>
      <div class="head">
        <h1 dir="auto">{title}</h1>
        <a class="button" href={tag === undefined ? '/ask' : `/ask?tag=${encodeURIComponent(tag)}`} data-key="n">
          {t('ask')}
        </a>
      </div>
      <nav class="tabs" aria-label={t('questions.order')}>
        {SORTS.map(it => (
          <a key={it} href={it === 'new' ? '/questions' : `/questions?sort=${it}`} aria-current={it === sort && tag === undefined ? 'page' : undefined}>
            {t(`questions.${it}`)}
          </a>
        ))}
      </nav>
      {failed.value !== null ? (
        <Trouble error={failed.value} again={() => load()} />
      ) : shown.value === null ? (
        <Skeletons n={5} />
      ) : (
        <Questions page={shown.value} none={tag === undefined && sort === 'unanswered' ? 'unanswered' : 'any'} />
      )}
    </>
  );
}

function Questions({ page, none }: { page: Schemas['QuestionPage']; none: 'any' | 'unanswered' }): JSX.Element {
  const { items, total = 0, pages = 1, page: number = 1 } = page;
  return (
    <>
      {total > 0 && (
        <p class="quiet" role="status">
          {t(total >= MOST ? 'questions.many' : 'questions.total', { n: total })}
        </p>
      )}
      {items.length > 0 ? (
        <div class="questions" role="list" aria-label={t('nav.questions')}>
          {items.map(question => (
            <QuestionRow key={question.id} question={question} />
          ))}
        </div>
      ) : (
        <Empty title={t(none === 'any' ? 'questions.none' : 'questions.allAnswered')}>
          <p>{t(none === 'any' ? 'questions.none.text' : 'questions.allAnswered.text')}</p>
        </Empty>
      )}
      <PageLinks page={number} pages={pages} />
    </>
  );
}
