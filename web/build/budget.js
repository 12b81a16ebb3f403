// Fails when a page has grown beyond the budget, in bytes after gzip. A page's JavaScript is all that it needs to be shown and
// used, its language included. The live client, which is not ours and comes after that, has a limit of its own.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUDGET = { page: 40_000, live: 22_000, css: 15_000 };
const LANGUAGES = ['src/i18n/en', 'src/i18n/ru'];
const LIVE = 'src/live/centrifuge.ts';
const built = new URL('../../target/classes/web/page/', import.meta.url).pathname;
const chunks = JSON.parse(readFileSync(join(built, 'chunks.json'), 'utf8'));

const size = file => statSync(join(built, `${file}.gz`)).size;

/** The files of a chunk and of all that it cannot do without. */
function files(key, found = new Set()) {
  const chunk = chunks[key];
  if (chunk === undefined) {
    throw new Error(`There is no chunk ${key}: is the page built?`);
  }
  if (!found.has(chunk.file)) {
    found.add(chunk.file);
    (chunk.imports ?? []).forEach(it => files(it, found));
  }
  return found;
}

const sum = names => [...names].reduce((total, name) => total + size(name), 0);
const always = [...files('index.html')];

/** The words of a page in its longest language: those that all pages have, and those of its area (see PAGES of app.tsx). */
function words(page) {
  const area = /^src\/(settings|session)\//.test(page) ? '-settings' : page.startsWith('src/status/') ? '-status' : undefined;
  return Math.max(...LANGUAGES.map(language => sum(['', area].filter(it => it !== undefined).map(it => chunks[`${language}${it}.ts`].file))));
}

const pages = Object.keys(chunks).filter(key => /^src\/.*-page\.tsx$/.test(key));
const figures = pages.map(page => ({ page, bytes: words(page) + sum(new Set([...always, ...files(page)])) }));
figures.sort((a, b) => b.bytes - a.bytes);
const css = Object.values(chunks).map(chunk => chunk.file).filter(file => file.endsWith('.css'));

function hold(what, bytes, most) {
  console.log(`${String(bytes).padStart(6)} of ${most} bytes: ${what}`);
  if (!(bytes > 0 && bytes <= most)) {
    console.error(`Beyond the budget: ${what}`);
    process.exitCode = 1;
  }
}

figures.forEach(({ page, bytes }) => hold(page, bytes, BUDGET.page));
hold('the live client', sum(files(LIVE)), BUDGET.live);
hold('the style sheet', sum(css), BUDGET.css);
if (figures.length === 0) {
  console.error('There are no pages: the names of their files end with -page.tsx.');
  process.exitCode = 1;
}
