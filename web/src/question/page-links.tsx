import type { JSX } from 'preact';
import { number, t } from '../i18n/i18n.ts';
import { withQuery } from '../router.ts';
import { numbers } from './places.ts';

/** Links to the pages of a list that is walked by number. */
export function PageLinks({ page, pages }: { page: number; pages: number }): JSX.Element | null {
  if (pages <= 1) {
    return null;
  }
  const to = (n: number) => withQuery({ page: n === 1 ? undefined : String(n) });
  return (
    <nav class="pages" aria-label={t('pages')}>
      {page > 1 && (
        <a href={to(page - 1)} rel="prev">
          {t('pages.previous')}
        </a>
      )}
      {numbers(page, pages).map((n, i) =>
        n === 0 ? (
          <span key={-i}>…</span>
        ) : (
          <a key={n} href={to(n)} aria-current={n === page ? 'page' : undefined} aria-label={t('pages.page', { n })}>
            {number(n)}
          </a>
        ),
      )}
      {page < pages && (
        <a href={to(page + 1)} rel="next">
          {t('pages.next')}
        </a>
      )}
    </nav>
  );
}

/** The page that an address asks for. */
export function pageOf(query: URLSearchParams): number {
  const page = Number(query.get('page') ?? 1);
  return Number.isInteger(page) && page > 0 ? page : 1;
}
