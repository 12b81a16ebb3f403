import assert from 'node:assert/strict';
import { test } from 'node:test';
import { named, target, type Notification } from '../src/notification/telling.tsx';

const author = (handle: string) => ({ id: handle, handle, name: handle });
const told = (changes: Partial<Notification>): Notification => ({ id: '9', kind: 'like', post: '7', actors: [author('ada')], count: 1, at: '', read: false, ...changes });

test('up to three people are named', () => {
  const actors = ['a', 'b', 'c'].map(author);
  assert.deepEqual(named({ actors, count: 3 }), { names: actors, others: 0 });
});

test('of more, two are named and the others are counted', () => {
  const actors = ['a', 'b', 'c'].map(author);
  assert.deepEqual(named({ actors, count: 5 }), { names: actors.slice(0, 2), others: 3 });
});

test('people who cannot be named are counted', () => {
  assert.deepEqual(named({ actors: [], count: 2 }), { names: [], others: 2 });
});

test('a notification leads to what it is about', () => {
  assert.equal(target(told({}), 'me'), '/posts/7');
  assert.equal(target(told({ kind: 'comment', comment: '8' }), 'me'), '/posts/7#comment-8');
  assert.equal(target(told({ kind: 'answer', answer: '8' }), 'me'), '/questions/7#answer-8');
  assert.equal(target(told({ kind: 'accepted' }), 'me'), '/questions/7');
  assert.equal(target(told({ kind: 'follow' }), 'me'), '/@ada');
  assert.equal(target(told({ kind: 'follow', count: 2 }), 'me'), '/@me/followers');
});
