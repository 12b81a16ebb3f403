import { signal } from '@preact/signals';
import type settings from './en-settings.ts';
import type status from './en-status.ts';
import type en from './en.ts';

/** Messages by key. One that depends on a number has a form for each plural category of its language. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type MessageKey = keyof typeof en | keyof typeof settings | keyof typeof status;

export const LANGUAGES = { en: 'English', ru: 'Русский' };
export type Language = keyof typeof LANGUAGES;

const SETTING = 'language';

/** Messages that only some pages need come with these. */
export type Area = 'settings' | 'status';

type Words = Promise<{ default: Partial<Record<MessageKey, Message>> }>;
const loaders: Record<Language, Record<Area | 'all', () => Words>> = {
  en: { all: () => import('./en.ts'), settings: () => import('./en-settings.ts'), status: () => import('./en-status.ts') },
  ru: { all: () => import('./ru.ts'), settings: () => import('./ru-settings.ts'), status: () => import('./ru-status.ts') },
};
const areas = new Set<Area>();

/** The language that is shown. */
export const language = signal<Language>('en');
const messages = signal<Partial<Record<MessageKey, Message>>>({});

export function chosenLanguage(): Language | undefined {
  const chosen = localStorage.getItem(SETTING);
  return chosen !== null && chosen in LANGUAGES ? (chosen as Language) : undefined;
}

/** Keeps the choice; `undefined` follows the browser. */
export async function chooseLanguage(choice: Language | undefined): Promise<void> {
  if (choice === undefined) {
    localStorage.removeItem(SETTING);
  } else {
    localStorage.setItem(SETTING, choice);
  }
  await loadLanguage();
}

/** Loads the messages of the chosen language, or else of the first of the browser's that we have; with those of more areas, which are kept once they came. */
export async function loadLanguage(...more: Area[]): Promise<void> {
  const wanted = navigator.languages.map(tag => tag.slice(0, 2)).find(tag => tag in LANGUAGES) as Language | undefined;
  const next = chosenLanguage() ?? wanted ?? 'en';
  const words = await Promise.all([loaders[next].all(), ...[...areas, ...more].map(area => loaders[next][area]())]);
  messages.value = Object.assign({}, ...words.map(it => it.default)) as typeof messages.value;
  more.forEach(area => areas.add(area));
  language.value = next;
  document.documentElement.lang = next;
}

/** Loads what a page says beyond what all say. */
export async function loadArea(area: Area): Promise<void> {
  if (!areas.has(area)) {
    await loadLanguage(area);
  }
}

/** The message in the reader's language; `{name}` stands for a value, `n` chooses the plural. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return phrase(messages.value[key] ?? key, language.value, values);
}

export function phrase(message: Message, locale: string, values: Record<string, string | number>): string {
  const form = typeof message === 'string' ? message : message[new Intl.PluralRules(locale).select(Number(values.n))];
  return (form ?? '').replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === 'number' ? number(value, locale) : value;
  });
}

export function number(value: number, locale: string = language.value): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** 12,345 as 12K: where space is short. */
export function short(value: number): string {
  return new Intl.NumberFormat(language.value, { notation: 'compact' }).format(value);
}

/** The number that chooses the plural beside one shown as {@link short}: 10K are thousands, whatever the last digit. */
export function counted(value: number): number {
  return Math.abs(value) < 1_000 ? value : 1_000;
}
