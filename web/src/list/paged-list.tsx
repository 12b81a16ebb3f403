import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { Skeletons } from '../ui/late.tsx';
import { said } from '../ui/toast.tsx';
import type { Pager } from './pager.ts';

interface Props<T extends { id: string }> {
  pager: Pager<T>;
  /** Names the list for those who hear the page. */
  label: string;
  row: (item: T, index: number) => ComponentChildren;
  /** Shown instead of a list without items. */
  empty: ComponentChildren;
  /** What stands below the last item. */
  end?: string;
  /** Whether it is a feed, whose articles are stepped through (WAI-ARIA's feed pattern). */
  feed?: boolean;
}

/** Pixels before the end at which the next page is asked for. */
const AHEAD = '1200px';

/** A list that goes on as one scrolls, with a button for those who do not scroll. */
export function PagedList<T extends { id: string }>({ pager, label, row, empty, end, feed = false }: Props<T>): JSX.Element {
  const bottom = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting) && pager.failed.value === null && pager.items.value.length > 0) {
          pager.more();
        }
      },
      { rootMargin: AHEAD },
    );
    if (bottom.current !== null) {
      watch.observe(bottom.current);
    }
    return () => watch.disconnect();
    // A page that does not fill the screen leaves the end where it is seen: look again after each.
  }, [pager, pager.items.value.length]);
  const items = pager.items.value;
  const failed = pager.failed.value;
  const busy = pager.loading.value;
  return (
    <>
      {items.length > 0 && (
        <div class="list" role={feed ? 'feed' : 'list'} aria-label={label} aria-busy={busy}>
          {items.map((item, index) => row(item, index))}
        </div>
      )}
      {items.length === 0 && pager.ended.value && empty}
      {busy && <Skeletons n={items.length === 0 ? 4 : 1} />}
      <div class="list-end" ref={bottom}>
        {failed !== null && <p class="error">{said(failed)}</p>}
        {!busy && (failed !== null || (!pager.ended.value && items.length > 0)) && (
          <button type="button" onClick={() => pager.more()}>
            {t(failed === null ? 'list.more' : 'retry')}
          </button>
        )}
        {pager.ended.value && items.length > 0 && <p class="quiet">{end ?? t('list.end')}</p>}
      </div>
    </>
  );
}
