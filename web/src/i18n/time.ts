import { signal } from '@preact/signals';
import { language } from './i18n.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** The time that "5 minutes ago" is reckoned from; moves on twice a minute. */
const now = signal(Date.now());

/** Keeps it moving for as long as the page is open. */
export function keepTime(): void {
  setInterval(() => (now.value = Date.now()), 30_000);
}

/** In words for the last week, after that the date. */
export function ago(at: Date, from: Date, locale: string): string {
  const seconds = Math.max(0, Math.round((from.getTime() - at.getTime()) / 1000));
  if (seconds >= WEEK) {
    const year = at.getFullYear() === from.getFullYear() ? undefined : 'numeric';
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }).format(at);
  }
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  if (seconds < MINUTE) {
    return words.format(0, 'second');
  }
  const [unit, size] = seconds < HOUR ? (['minute', MINUTE] as const) : seconds < DAY ? (['hour', HOUR] as const) : (['day', DAY] as const);
  return words.format(-Math.floor(seconds / size), unit);
}

export function relative(iso: string): string {
  return ago(new Date(iso), new Date(now.value), language.value);
}

export function full(iso: string): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(iso));
}

export function date(iso: string): string {
  return new Intl.DateTimeFormat(language.value, { dateStyle: 'long' }).format(new Date(iso));
}
