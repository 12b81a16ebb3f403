import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { serve } from './browser.ts';
import type { Account, Original } from '../src/api/client.ts';
import { entryOf, postOf, toggle } from '../src/post/posts.ts';
import { me } from '../src/session/session.ts';

let number = 0;

function original(): Original {
  return { id: String(++number), author: { id: '1', handle: 'ada', name: 'Ada' }, text: '', createdAt: '', version: 1, mentions: [], tags: [], counts: { likes: 4, comments: 0, shares: 0 }, viewer: { liked: false, shared: false } };
}

/** Requests wait until they are let through, in their order. */
let requests: { method: string; answer: (status: number) => void }[] = [];

beforeEach(() => {
  serve(() => ({}));
  requests = [];
  me.value = { id: '2' } as Account;
  globalThis.fetch = ((_: string, init: RequestInit) =>
    new Promise<Response>(resolve => requests.push({ method: init.method ?? '', answer: status => resolve(new Response(status === 204 ? null : '{"detail":"no","errors":[]}', { status })) }))) as typeof fetch;
});

const turn = () => new Promise(resolve => setTimeout(resolve, 5));
const seen = (id: string) => [postOf(id).value?.viewer?.liked, postOf(id).value?.counts.likes];

test('liked twice in a hurry is sent one after the other, and ends as it is shown', async () => {
  const { original: id } = entryOf(original());
  toggle(id, 'like');
  toggle(id, 'like');
  assert.deepEqual(seen(id), [false, 4]);
  await turn();
  assert.deepEqual(requests.map(it => it.method), ['PUT']);
  requests[0]?.answer(204);
  await turn();
  assert.deepEqual(requests.map(it => it.method), ['PUT', 'DELETE']);
  requests[1]?.answer(204);
  await turn();
  assert.deepEqual(seen(id), [false, 4]);
});

test('what is refused goes back to what the server has', async () => {
  const { original: id } = entryOf(original());
  toggle(id, 'like');
  toggle(id, 'like');
  toggle(id, 'like');
  assert.deepEqual(seen(id), [true, 5]);
  await turn();
  requests[0]?.answer(500);
  await turn();
  assert.deepEqual(seen(id), [false, 4]);
  assert.equal(requests.length, 1);
});

test('an older page does not take back a like that is on its way', async () => {
  const post = original();
  const { original: id } = entryOf(post);
  toggle(id, 'like');
  entryOf({ ...post });
  assert.deepEqual(seen(id), [true, 5]);
  await turn();
  requests[0]?.answer(204);
  await turn();
  assert.deepEqual(seen(id), [true, 5]);
});
