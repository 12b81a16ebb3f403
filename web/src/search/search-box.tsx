import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/i18n.ts';
import { go, place, withQuery } from '../router.ts';
import { Icon } from '../ui/icon.tsx';
import { lazy } from '../ui/lazy.tsx';

const Suggestions = lazy(() => import('./suggestions.tsx').then(it => it.Suggestions));

/** Where one looks for anything. The suggestions come when it is used first; they tell the input which of them is reached. */
export function SearchBox(): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [used, setUsed] = useState(false);
  const { path, query } = place.value;
  const sought = path === '/search' ? (query.get('q') ?? '') : '';
  useEffect(() => {
    if (input.current !== null) {
      input.current.value = sought;
    }
  }, [sought]);
  const search = (event: Event) => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? '';
    if (q !== '') {
      go(path === '/search' ? withQuery({ q }) : `/search?q=${encodeURIComponent(q)}`);
    }
  };
  return (
    <search class="search-box">
      <form action="/search" onSubmit={search}>
        <Icon name="search" size={18} />
        <input
          ref={input}
          type="search"
          name="q"
          role="combobox"
          aria-expanded="false"
          aria-controls="suggestions"
          aria-autocomplete="list"
          aria-label={t('keys.search')}
          placeholder={t('keys.search')}
          autocomplete="off"
          enterkeyhint="search"
          maxLength={200}
          dir="auto"
          data-key="/"
          onFocus={() => setUsed(true)}
        />
      </form>
      {used && input.current !== null && <Suggestions input={input.current} />}
    </search>
  );
}
