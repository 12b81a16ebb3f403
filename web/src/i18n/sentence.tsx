import type { ComponentChildren, VNode } from 'preact';
import { language, t, type Language, type MessageKey } from './i18n.ts';

/** Of English, that which sets no comma before "and". */
const LISTS: Record<Language, string> = { en: 'en-GB', ru: 'ru' };

/** A message whose named values are elements, such as links. */
export function sentence(key: MessageKey, n: number, parts: Record<string, ComponentChildren>): ComponentChildren[] {
  return t(key, { n })
    .split(/\{(\w+)\}/)
    .map((piece, i) => (i % 2 === 0 ? piece : parts[piece]));
}

/** Elements as a sentence lists them: "A, B and C". */
export function listed(items: (VNode | string)[]): ComponentChildren[] {
  let next = 0;
  const names = items.map(String);
  return new Intl.ListFormat(LISTS[language.value]).formatToParts(names).map(part => (part.type === 'element' ? items[next++] : part.value));
}
