import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbers, placeAt, placeLast, put } from '../src/question/places.ts';

const answer = (id: string, score = 0, accepted = false) => ({ id, score, accepted });
const ids = (answers: { id: string }[]) => answers.map(it => it.id).join(' ');

test('the first answer goes where none is', () => {
  assert.equal(placeAt(0, 1, 0), 0);
});

test('an answer goes behind as many as stand before it', () => {
  assert.equal(placeAt(2, 1, 5), 2);
  assert.equal(placeAt(33, 2, 10), 3);
});

test('an answer goes last where the reader sees fewer than there are', () => {
  assert.equal(placeAt(9, 1, 4), 4);
});

test("one's own goes last, but before what was voted down", () => {
  assert.equal(placeLast([]), 0);
  assert.equal(placeLast([answer('1', 3), answer('2')]), 2);
  assert.equal(placeLast([answer('1', 3), answer('2', -1), answer('3', -2)]), 1);
});

test('an accepted answer stays first whatever its score', () => {
  assert.equal(placeLast([answer('1', -4, true), answer('2')]), 2);
});

test('puts an answer at its place', () => {
  assert.equal(ids(put([answer('1'), answer('2')], answer('3'), 1)), '1 3 2');
});

test('shows an answer that comes twice once, as it is now', () => {
  const shown = put([answer('1'), answer('2')], answer('2', 7), 0);
  assert.equal(ids(shown), '1 2');
  assert.equal(shown[1]?.score, 7);
});

test('names all pages where there are few', () => {
  assert.deepEqual(numbers(1, 1), [1]);
  assert.deepEqual(numbers(2, 4), [1, 2, 3, 4]);
});

test('leaves out pages far from the one shown', () => {
  assert.deepEqual(numbers(1, 15), [1, 2, 0, 15]);
  assert.deepEqual(numbers(8, 15), [1, 0, 7, 8, 9, 0, 15]);
  assert.deepEqual(numbers(15, 15), [1, 0, 14, 15]);
});

test('leaves no gap for a single page', () => {
  assert.deepEqual(numbers(4, 7), [1, 2, 3, 4, 5, 6, 7]);
});
