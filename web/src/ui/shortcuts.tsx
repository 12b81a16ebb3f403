import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { language, t, type MessageKey } from '../i18n/i18n.ts';
import { go } from '../router.ts';
import { Dialog } from './dialog.tsx';
import { foreign, named } from './key-names.ts';
import { takeBack } from './toast.tsx';

/** Milliseconds within which the second key of two must follow. */
const PAIR = 1_200;

/** What a key does. */
const KEYS: [string, MessageKey][] = [
  ['j', 'keys.next'],
  ['k', 'keys.previous'],
  ['Enter', 'keys.open'],
  ['n', 'keys.new'],
  ['/', 'keys.search'],
  ['l', 'keys.like'],
  ['.', 'keys.load'],
  ['g h', 'keys.home'],
  ['g q', 'keys.questions'],
  ['g n', 'keys.notifications'],
  ['g m', 'nav.me'],
  ['z', 'undo'],
  ['?', 'keys.help'],
];

const WAYS: Record<string, string> = { h: '/', q: '/questions', n: '/notifications', m: '/me' };
const SETTING = 'keys';

/** Whether the keys are shown. */
export const help = signal(false);
let first = 0;
let isForeign: boolean | undefined;

/** Whether single characters do something; whoever speaks to their computer may not want that. */
export function keysOn(): boolean {
  return localStorage.getItem(SETTING) !== 'off';
}

export function turnKeys(on: boolean): void {
  localStorage.setItem(SETTING, on ? 'on' : 'off');
}

function articles(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('main [data-item]')];
}

function step(by: 1 | -1): void {
  const all = articles();
  const now = all.findIndex(article => article.contains(document.activeElement));
  const visible = all.findIndex(article => article.getBoundingClientRect().bottom > 80);
  const next = all[now === -1 ? (by === 1 ? visible : visible - 1) : now + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'nearest' });
}

/** Presses the first button or link that answers to a key: what has a name belongs to the focused article, single keys to the page. */
function press(name: string): boolean {
  const article = name.length > 1 ? document.activeElement?.closest('[data-item]') : null;
  const target = (article ?? document).querySelector<HTMLElement>(`[data-key="${name}"]`);
  target?.focus();
  target?.click();
  return target !== null;
}

function act(key: string): boolean {
  if (Date.now() - first < PAIR && key in WAYS) {
    first = 0;
    go(WAYS[key] ?? '/');
    return true;
  }
  first = key === 'g' ? Date.now() : 0;
  switch (key) {
    case 'j':
    case 'k':
      step(key === 'j' ? 1 : -1);
      return true;
    case 'Enter':
      return document.activeElement?.matches('[data-item]') === true && press('open');
    case 'l':
      return document.activeElement?.closest('[data-item]') !== null && press('like');
    case 'n':
    case '/':
    case '.':
      return press(key);
    case 'z':
      return takeBack();
    case '?':
      help.value = true;
      return true;
    default:
      return false;
  }
}

/** The keyboard's ways, off wherever one writes. */
export function Shortcuts(): JSX.Element | null {
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      isForeign = foreign(event, isForeign ?? language.value === 'ru');
      const key = named(event, isForeign);
      const writing = target.closest('input, textarea, select, dialog, [contenteditable]') !== null;
      if (!writing && !event.ctrlKey && !event.metaKey && !event.altKey && (key.length > 1 || keysOn()) && act(key)) {
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', down);
    return () => document.removeEventListener('keydown', down);
  }, []);
  if (!help.value) {
    return null;
  }
  return (
    <Dialog title={t('keys')} onClose={() => (help.value = false)}>
      <dl class="keys">
        {KEYS.map(([key, label]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map(part => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{t(label)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
