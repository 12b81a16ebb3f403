import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import enSettings from '../src/i18n/en-settings.ts';
import enStatus from '../src/i18n/en-status.ts';
import en from '../src/i18n/en.ts';
import { counted, phrase, type Message } from '../src/i18n/i18n.ts';
import ruSettings from '../src/i18n/ru-settings.ts';
import ruStatus from '../src/i18n/ru-status.ts';
import ru from '../src/i18n/ru.ts';
import { ago } from '../src/i18n/time.ts';
import { initials } from '../src/ui/avatar.tsx';
import { pieces } from '../src/ui/rich-text.tsx';
import { meanColour } from '../src/post/media.tsx';

const FORMS: Record<string, string[]> = { en: ['one', 'other'], ru: ['few', 'many', 'one'] };

const names = (message: Message) => [...new Set(JSON.stringify(message).match(/\{\w+\}/g) ?? [])].sort();

for (const [language, messages] of Object.entries({ en: { ...en, ...enSettings, ...enStatus }, ru: { ...ru, ...ruSettings, ...ruStatus } }) as [string, Record<string, Message>][]) {
  test(`${language} has every form of every plural, and the same values as English`, () => {
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message !== 'string') {
        assert.deepEqual(Object.keys(message).sort(), FORMS[language], key);
      }
      assert.deepEqual(names(message).filter(it => it !== '{n}'), names(({ ...en, ...enSettings, ...enStatus } as Record<string, Message>)[key] ?? '').filter(it => it !== '{n}'), key);
    }
  });
}

test('Russian counts as Russian does', () => {
  const posts = { one: '{n} запись', few: '{n} записи', many: '{n} записей' };
  assert.deepEqual([1, 2, 5, 11, 21, 104].map(n => phrase(posts, 'ru', { n })), ['1 запись', '2 записи', '5 записей', '11 записей', '21 запись', '104 записи']);
});

test('beside a number in short the plural is of what is shown', () => {
  const followers = { one: 'подписчик', few: 'подписчика', many: 'подписчиков' };
  assert.deepEqual([1, 22, 999, 1_001, 10_001].map(n => phrase(followers, 'ru', { n: counted(n) })), ['подписчик', 'подписчика', 'подписчиков', 'подписчиков', 'подписчиков']);
});

test('a value that looks like a place for one stays as it is', () => {
  assert.equal(phrase('Hello {name}', 'en', { name: '{n}' }), 'Hello {n}');
});

test('time is told in words for a week, then by date', () => {
  const now = new Date('2026-11-22T12:00:00Z');
  const told = ['2026-11-22T11:59:40Z', '2026-11-22T11:55:00Z', '2026-11-22T09:00:00Z', '2026-11-20T12:00:00Z', '2026-11-01T12:00:00Z', '2025-11-01T12:00:00Z'];
  assert.deepEqual(told.map(at => ago(new Date(at), now, 'en')), ['now', '5 min. ago', '3 hr. ago', '2 days ago', 'Nov 1', 'Nov 1, 2025']);
});

test('links, people and hashtags are cut out of a text that stays whole', () => {
  const text = 'Ask @Ada or @nobody: see https://example.org/a_(b). #Rivers #1 a@ada x#y (https://example.org/)…';
  const cut = pieces(text, ['ada']);
  assert.equal(cut.map(it => it.text).join(''), text);
  assert.deepEqual(
    cut.flatMap(it => it.href ?? []),
    ['/@ada', 'https://example.org/a_(b', '/tags/Rivers', 'https://example.org/)…'],
  );
});

test('nothing but http becomes a link', () => {
  assert.deepEqual(pieces('javascript:alert(1) data:text/html,x ftp://a.b', []), [{ text: 'javascript:alert(1) data:text/html,x ftp://a.b' }]);
});

test('initials are whole letters', () => {
  assert.deepEqual(['Ada Lovelace', 'ada', 'Жан-Поль Сартр', '😀 Smile', ''].map(initials), ['AL', 'A', 'ЖС', '😀S', '']);
});

test('a picture is the colour of its hash before it is there', () => {
  assert.equal(meanColour('LEHV6nWB2yk8pyo0adR*.7kCMdnj'), '#979695');
});
