import assert from 'node:assert/strict';
import { beforeEach, mock, test } from 'node:test';
import { serve } from './browser.ts';
import { Feed } from '../src/feed/feed.ts';
import { postOf } from '../src/post/posts.ts';

let next = 0;
let ids: string[] = [];
let asked: string[] = [];

/** As the API gives it, with an id that no other test has. */
function post(id: string, version = 1): object {
  return { id, author: { id: '1', handle: 'ada', name: 'Ada' }, text: `Post ${id}`, createdAt: '', version, mentions: [], tags: [], counts: { likes: 0, comments: 0, shares: 0 } };
}

function feedOf(idle: boolean): Feed {
  return new Feed(() => idle);
}

const shown = (feed: Feed) => feed.pager.items.value.map(it => it.id);
const pending = (feed: Feed) => feed.pending.value.map(it => it.id);

async function until(what: () => boolean): Promise<void> {
  while (!what()) {
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

beforeEach(() => {
  next += 1000;
  ids = [3, 2, 1].map(it => String(next + it));
  asked = serve(address => {
    const single = /\/api\/v1\/posts\/(\d+)$/.exec(address)?.[1];
    if (single !== undefined) {
      return ids.includes(single) ? post(single) : undefined;
    }
    const query = new URLSearchParams(address.split('?')[1]);
    const from = Number(query.get('cursor') ?? 0);
    const until = from + Number(query.get('limit'));
    return { items: ids.slice(from, until).map(id => post(id)), ...(until < ids.length ? { nextCursor: String(until) } : {}) };
  });
});

test('a new post waits for a reader who is busy', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const before = shown(feed);
  ids = [String(next + 4), ...ids];
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  await until(() => feed.pending.value.length > 0);
  assert.deepEqual(pending(feed), [ids[0]]);
  assert.deepEqual(shown(feed), before);
  feed.showPending();
  assert.deepEqual(shown(feed), ids);
  assert.deepEqual(pending(feed), []);
});

test('a new post is shown at once to a reader who waits at the top', async () => {
  const feed = feedOf(true);
  await feed.pager.more();
  ids = [String(next + 4), ...ids];
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  await until(() => shown(feed).length === 4);
  assert.deepEqual(shown(feed), ids);
});

test('a flood is two pages, not a request each', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const asking = asked.length;
  const flood = Array.from({ length: 30 }, (_, i) => String(next + 40 - i));
  ids = [...flood, ...ids];
  flood.forEach(id => feed.hear({ event: 'inserted', post: id }));
  await until(() => feed.pending.value.length > 0);
  assert.deepEqual(pending(feed), flood);
  assert.equal(asked.length - asking, 2);
});

test('what came twice is shown once', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  ids = [String(next + 4), ...ids];
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  await until(() => feed.pending.value.length > 0);
  feed.showPending();
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  await new Promise(resolve => setTimeout(resolve, 200));
  assert.deepEqual(pending(feed), []);
  assert.deepEqual(shown(feed), ids);
});

test('after a reset what is gone is taken away, and what is new waits', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const [first, second, third] = shown(feed);
  ids = [String(next + 9), first ?? '', third ?? ''];
  feed.hear({ event: 'reset' });
  await until(() => feed.pending.value.length > 0);
  assert.deepEqual(shown(feed), [first, third]);
  assert.deepEqual(pending(feed), [ids[0]]);
  assert.equal(shown(feed).includes(second ?? ''), false);
});

test('a removed post goes from the list and from what waits', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  ids = [String(next + 4), ...ids];
  feed.hear({ event: 'inserted', post: ids[0] ?? '' });
  await until(() => feed.pending.value.length > 0);
  feed.hear({ event: 'removed', post: ids[0] ?? '' });
  feed.hear({ event: 'removed', post: ids[1] ?? '' });
  assert.deepEqual(pending(feed), []);
  assert.deepEqual(shown(feed), ids.slice(2));
});

test('an edit is fetched only when it is news', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const id = ids[0] ?? '';
  const asking = asked.length;
  feed.hear({ event: 'updated', post: id, version: 1 });
  assert.equal(asked.length, asking);
  serve(() => post(id, 2));
  feed.hear({ event: 'updated', post: id, version: 2 });
  await until(() => postOf(id).value?.version === 2);
});

test('a post that may not be seen is left out', async () => {
  const feed = feedOf(true);
  await feed.pager.more();
  const before = shown(feed);
  feed.hear({ event: 'inserted', post: String(next + 7) });
  await until(() => asked.some(address => address.endsWith(String(next + 7))));
  await new Promise(resolve => setTimeout(resolve, 20));
  assert.deepEqual(shown(feed), before);
});

test('many new posts do not push what was shown out of the list', async () => {
  const feed = feedOf(false);
  ids = Array.from({ length: 50 }, (_, i) => String(next + 50 - i));
  await feed.pager.more();
  const before = shown(feed);
  assert.equal(before.length, 20);
  const added = Array.from({ length: 25 }, (_, i) => String(next + 100 - i));
  ids = [...added, ...ids];
  await feed.reconcile();
  assert.deepEqual(pending(feed), added);
  assert.deepEqual(shown(feed).slice(0, 20), before);
  feed.showPending();
  assert.deepEqual(shown(feed), ids.slice(0, shown(feed).length));
});

test('a post that goes while the list is fetched does not come back', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const [first] = ids;
  const loading = feed.reconcile();
  feed.hear({ event: 'removed', post: first ?? '' });
  await loading;
  assert.deepEqual(shown(feed), ids.slice(1));
});

test('two resets at once end with the newest state', async () => {
  const feed = feedOf(false);
  await feed.pager.more();
  const loading = feed.reconcile();
  ids = ids.slice(1);
  await feed.reconcile();
  await loading;
  assert.deepEqual(shown(feed), ids);
});

test('a first load that failed is tried again with the next reset', async () => {
  const feed = feedOf(false);
  serve(() => undefined);
  await feed.pager.more();
  assert.notEqual(feed.pager.failed.value, null);
  serve(() => ({ items: ids.map(id => post(id)) }));
  await feed.reconcile();
  assert.deepEqual(shown(feed), ids);
});

for (const [status, tries] of [[503, 2], [401, 1]] as const) {
  test(`a look at the whole that is answered ${status} is tried ${tries} times`, async () => {
    const feed = feedOf(false);
    await feed.pager.more();
    let asked = 0;
    globalThis.fetch = (() => Promise.resolve(new Response('{"detail":"","errors":[]}', { status: ++asked === 1 ? status : 200 })));
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      await feed.reconcile();
      serve(() => ((asked += 1), { items: [] }));
      mock.timers.tick(60_000);
    } finally {
      mock.timers.reset();
    }
    assert.equal(asked, tries);
  });
}
