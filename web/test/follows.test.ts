import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { serve } from './browser.ts';
import { follow, follows, unfollow } from '../src/people/follows.ts';
import { hasMuted, mute, mutes, muteUntil, unmute } from '../src/people/hiding.ts';
import { me } from '../src/session/session.ts';

const account = (id: string) => ({ id, handle: `h${id}`, firstName: '', lastName: '', city: '', biography: '', createdAt: '' });
const seen = (id: string, following: boolean, muted = false) => ({ ...account(id), viewer: { following, muted } });
const author = { id: '1', handle: 'h1', name: 'One' };
let reader = 100;

beforeEach(() => {
  me.value = account(String((reader += 1)));
});

test('the server says whom the reader follows, until they do something', async () => {
  serve(() => ({}));
  assert.deepEqual([seen('1', true), seen('2', false), account('3')].map(follows), [true, false, false]);
  await Promise.all([unfollow('1'), follow('2')]);
  assert.deepEqual([seen('1', true), seen('2', false)].map(follows), [false, true]);
});

test('what the server refuses is taken back', async () => {
  serve(() => undefined);
  const refused = follow('4');
  assert.equal(follows(seen('4', false)), true);
  await refused;
  assert.equal(follows(seen('4', false)), false);
});

test('a refused change leaves what was known', async () => {
  serve(() => undefined);
  await Promise.all([follow('5'), mute(author)]);
  assert.deepEqual([follows(seen('5', true)), mutes(seen('1', true, true)), hasMuted('1')], [true, true, false]);
});

test('somebody else follows others, and nobody follows nobody', async () => {
  serve(() => ({}));
  await follow('1');
  me.value = account('9');
  assert.equal(follows(seen('1', false)), false);
  me.value = null;
  assert.deepEqual([follows(seen('1', true)), mutes(seen('1', true, true))], [false, false]);
});

test('who is muted can be heard again', async () => {
  serve(() => ({}));
  assert.deepEqual([mutes(seen('1', true, true)), hasMuted('1')], [true, false]);
  await unmute(author);
  assert.deepEqual([mutes(seen('1', true, true)), hasMuted('1')], [false, false]);
  await muteUntil('1', '2030-01-01T00:00:00Z');
  assert.equal(mutes(seen('1', true)), true);
  await unmute(author);
  await mute(author);
  assert.deepEqual([mutes(seen('1', true)), hasMuted('1')], [true, true]);
});
