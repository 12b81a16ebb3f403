import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import { byId, Pager } from '../src/list/pager.ts';

interface Item {
  id: string;
}

/** A list of so many items, newest first, as the API would page it. */
function list(size: number): { pager: Pager<Item>; limits: number[] } {
  const limits: number[] = [];
  const pager = new Pager<Item>((cursor, limit) => {
    limits.push(limit);
    const from = Number(cursor ?? size);
    const items = Array.from({ length: Math.min(limit, from) }, (_, i) => ({ id: String(from - i) }));
    const below = from - items.length;
    return Promise.resolve(below > 0 ? { items, nextCursor: String(below) } : { items });
  }, 'newest');
  return { pager, limits };
}

test('pages follow each other without a seam to the end', async () => {
  const { pager } = list(1_250);
  while (!pager.ended.value) {
    await pager.more();
  }
  assert.equal(pager.items.value.length, 1_250);
  assert.equal(new Set(pager.items.value.map(it => it.id)).size, 1_250);
  assert.equal(pager.items.value.at(-1)?.id, '1');
});

test('coming back to item 130 takes two requests', async () => {
  const { pager, limits } = list(500);
  await pager.more(130);
  assert.deepEqual(limits, [100, 30]);
  assert.equal(pager.items.value.length, 130);
});

test('an item that shifts into the next page is not doubled', async () => {
  const { pager } = list(60);
  await pager.more();
  pager.insert({ id: '40' });
  await pager.more();
  assert.deepEqual(pager.items.value.map(it => it.id).slice(18, 24), ['42', '41', '40', '39', '38', '37']);
});

test('a failure is said, and the next try goes on from there', async () => {
  let fail = true;
  const pager = new Pager<Item>(() => (fail ? Promise.reject(new Error('away')) : Promise.resolve({ items: [{ id: '1' }] })));
  await pager.more();
  assert.equal(pager.failed.value?.message, 'away');
  fail = false;
  await pager.more();
  assert.equal(pager.failed.value, null);
  assert.deepEqual(pager.items.value, [{ id: '1' }]);
});

test('ids are compared as the numbers they are', () => {
  assert.deepEqual(['9', '10', '9007199254740993', '9007199254740992'].sort(byId), ['9', '10', '9007199254740992', '9007199254740993']);
});

test('what was taken away comes back to its place, and nothing else does', async () => {
  const { pager } = list(25);
  await pager.more();
  const back = pager.remove(it => it.id === '24');
  pager.remove(it => it.id === '25');
  await pager.more();
  back();
  assert.deepEqual([pager.items.value[0]?.id, pager.items.value[1]?.id, pager.items.value.length], ['24', '23', 24]);
});
