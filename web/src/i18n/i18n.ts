import { signal } from '@preact/signals';
import type en from './en.ts';

/** Messages by key. One that depends on a number has a form for each plural category of its language. */
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Messages = Record<keyof typeof en, Message>;
export type MessageKey = keyof typeof en;

export const LANGUAGES = { en: 'English', ru: 'Русский' };
export type Language = keyof typeof LANGUAGES;

const SETTING = 'language';
const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  en: () => import('./en.ts'),
  ru: () => import('./ru.ts'),
};

/** The language that is shown. */
export const language = signal<Language>('en');
const messages = signal<Partial<Messages>>({});

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

/** Loads the messages of the chosen language, or else of the first of the browser's that we have. */
export async function loadLanguage(): Promise<void> {
  const wanted = navigator.languages.map(tag => tag.slice(0, 2)).find(tag => tag in LANGUAGES) as Language | undefined;
  const next = chosenLanguage() ?? wanted ?? 'en';
  messages.value = (await loaders[next]()).default;
  language.value = next;
  document.documentElement.lang = next;
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
