import { effect, signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { take } from './boot.ts';
import { ConnectionBanner } from './live/connection-banner.tsx';
import { connection } from './live/live.ts';
import { hold, notePosition, position, restorePosition, show } from './memory.ts';
import { RightColumn } from './people/right-column.tsx';
import { place, reveal, type Place } from './router.ts';
import { loadArea, t, type Area } from './i18n/i18n.ts';
import { Header } from './ui/header.tsx';
import { Navigation } from './ui/navigation.tsx';
import { Toasts } from './ui/toast.tsx';
import { Shortcuts } from './ui/shortcuts.tsx';

/** What a page is given: the address, and the parts of it that its pattern names. */
export interface PageProps {
  place: Place;
  names: Record<string, string>;
}

type PageModule = { default: ComponentType<PageProps> };

/** Every address of the page. The server answers these with the page, too: see PageResource. */
const PAGES: [RegExp, () => Promise<PageModule>, Area?][] = [
  [/^\/$/, () => import('./feed/feed-page.tsx')],
  [/^\/me$/, () => import('./people/profile-page.tsx')],
  [/^\/@(?<handle>\w+)$/, () => import('./people/profile-page.tsx')],
  [/^\/@(?<handle>\w+)\/(?<list>followers|followees)$/, () => import('./people/people-page.tsx')],
  [/^\/posts\/(?<id>\d+)$/, () => import('./post/post-page.tsx')],
  [/^\/tags\/(?<tag>[^/]+)$/, () => import('./feed/tag-page.tsx')],
  [/^\/questions$/, () => import('./question/questions-page.tsx')],
  [/^\/questions\/(?<id>\d+)$/, () => import('./question/question-page.tsx')],
  [/^\/ask$/, () => import('./question/ask-page.tsx')],
  [/^\/search$/, () => import('./search/search-page.tsx')],
  [/^\/notifications$/, () => import('./notification/notifications-page.tsx')],
  [/^\/settings(\/(?<section>profile|appearance|notifications|muted|restricted|mail|account))?$/, () => import('./settings/settings-page.tsx'), 'settings'],
  [/^\/sessions$/, () => import('./settings/sessions-page.tsx'), 'settings'],
  [/^\/sign-in$/, () => import('./session/sign-in-page.tsx'), 'settings'],
  [/^\/register$/, () => import('./session/register-page.tsx'), 'settings'],
  [/^\/status$/, () => import('./status/status-page.tsx'), 'status'],
  [/^/, () => import('./ui/nothing-page.tsx')],
];

interface Shown extends PageProps {
  Page: ComponentType<PageProps>;
}

/** What is on the screen: the page of the last address whose code has come. */
const shown = signal<Shown | null>(null);
/** Whether the page of the last address could not be had, from the server or as code. */
const failed = signal(take('trouble') !== undefined);

/** Milliseconds between two tries of a page that could not be had, so that one that never can be is not asked for in a circle. */
const PAUSE = 30_000;
const TRIED = 'tried';

/** A page that could not be had is tried anew when the server is there again: nothing is shown that could be lost. */
effect(() => {
  const tried = Number(sessionStorage.getItem(TRIED) ?? 0);
  if (connection.value === 'on' && failed.peek() && shown.peek() === null && Date.now() - tried > PAUSE) {
    sessionStorage.setItem(TRIED, String(Date.now()));
    window.location.reload();
  }
});

/** Loads the page of an address, and shows it unless the reader has gone on meanwhile. */
async function open(to: Place): Promise<void> {
  for (const [pattern, load, area] of PAGES) {
    const match = pattern.exec(to.path);
    if (match !== null) {
      try {
        const [module] = await Promise.all([load(), area === undefined ? undefined : loadArea(area)]);
        failed.value = false;
        if (place.value === to) {
          shown.value = { Page: module.default, place: to, names: decoded(match.groups ?? {}) };
        }
      } catch {
        // A new version of the server has other files: the page is fetched anew. Offline, one waits.
        failed.value = true;
      }
      return;
    }
  }
}

function decoded(groups: Record<string, string | undefined>): Record<string, string> {
  const named = Object.entries(groups).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(named.map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The frame around every page. */
export function App(): JSX.Element {
  const at = place.value;
  useEffect(() => {
    if (shown.value !== null) {
      notePosition();
    }
    if (shown.value !== null || !failed.value) {
      open(at);
    }
  }, [at]);
  usePosition(shown.value);
  const current = shown.value;
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <div class="frame">
        <Navigation />
        <main id="main" tabIndex={-1}>
          <ConnectionBanner />
          {failed.value && (
            <p class="error">
              {t('error.page')} <a href={window.location.href} target="_self">{t('retry')}</a>
            </p>
          )}
          {current !== null && <current.Page key={current.place.key + current.place.path} place={current.place} names={current.names} />}
        </main>
        <RightColumn />
      </div>
      <Toasts />
      <Shortcuts />
    </>
  );
}

/** Notes where the reader is, and brings them back there; a step forward begins at the top, with the focus on the page. */
function usePosition(current: Shown | null): void {
  const stepped = useRef(false);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const note = () => {
      clearTimeout(waiting);
      waiting = setTimeout(notePosition, 150);
    };
    addEventListener('scroll', note, { passive: true });
    addEventListener('pagehide', notePosition);
    return () => {
      removeEventListener('scroll', note);
      removeEventListener('pagehide', notePosition);
    };
  }, []);
  useLayoutEffect(() => {
    if (current === null) {
      return;
    }
    const { key, hash } = current.place;
    show(key);
    if (stepped.current) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
    stepped.current = true;
    hold(false);
    if (position(key) === undefined) {
      scrollTo({ top: 0, behavior: 'instant' });
      if (hash !== '') {
        requestAnimationFrame(() => reveal(hash));
      }
    } else if (restorePosition(key)) {
      settle(key);
    } else {
      awaitPosition(key);
    }
  }, [current?.place.key]);
}

/** Holds the position for a moment: what comes onto the screen gets its true height only then. */
function settle(key: string, frames = 6): void {
  requestAnimationFrame(() => {
    if (frames > 0 && place.value.key === key) {
      restorePosition(key);
      settle(key, frames - 1);
    }
  });
}

/** Tries again with each change of the page, until what was at the top is there, the reader moves or it took too long. */
function awaitPosition(key: string): void {
  hold(true);
  const watch = new MutationObserver(() => {
    if (place.value.key !== key || restorePosition(key)) {
      stop();
      settle(key);
    }
  });
  const stop = () => {
    clearTimeout(limit);
    hold(false);
    watch.disconnect();
    removeEventListener('pointerdown', stop);
    removeEventListener('wheel', stop);
    removeEventListener('keydown', stop);
    removeEventListener('touchmove', stop);
  };
  watch.observe(document.body, { childList: true, subtree: true });
  addEventListener('wheel', stop, { once: true, passive: true });
  addEventListener('keydown', stop, { once: true });
  addEventListener('pointerdown', stop, { once: true });
  addEventListener('touchmove', stop, { once: true, passive: true });
  const limit = setTimeout(stop, 10_000);
}
