import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { serve } from './browser.ts';
import { follow, follows, loadFollows, unfollow } from '../src/people/follows.ts';
import { me } from '../src/session/session.ts';

const account = (id: string) => ({ id, handle: `h${id}`, firstName: '', lastName: '', city: '', biography: '', createdAt: '' });
let reader = 100;

beforeEach(() => {
  me.value = account(String((reader += 1)));
});

const pages = (address: string) =>
  address.includes('cursor=2') ? { items: [account('3')] } : address.includes('/followees') ? { items: [account('1'), account('2')], nextCursor: '2' } : {};

test('whom the reader follows is loaded once, page by page', async () => {
  const asked = serve(pages);
  assert.equal(follows('3'), undefined);
  await Promise.all([loadFollows(), loadFollows()]);
  assert.deepEqual(['1', '3', '4'].map(follows), [true, true, false]);
  assert.equal(asked.length, 2);
});

test('what was done meanwhile is not overwritten by what was asked for before', async () => {
  serve(pages);
  const loading = loadFollows();
  await Promise.all([unfollow('3'), follow('4'), loading]);
  assert.deepEqual(['3', '4'].map(follows), [false, true]);
});

test('what the server refuses is taken back', async () => {
  serve(address => (address.includes('/follows/') ? undefined : pages(address)));
  await loadFollows();
  const refused = follow('4');
  assert.equal(follows('4'), true);
  await refused;
  assert.equal(follows('4'), false);
});

test('somebody else follows others', async () => {
  serve(pages);
  await loadFollows();
  me.value = account('9');
  assert.equal(follows('1'), undefined);
});
