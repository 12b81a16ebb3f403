import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import { forgetSent, keyFor } from '../src/question/draft.ts';

test('the same text is sent again with the same key until it has arrived', () => {
  const key = keyFor('a', 'text');
  assert.equal(keyFor('a', 'text'), key);
  forgetSent('a', 'text');
  assert.notEqual(keyFor('a', 'text'), key);
});

test('another text, and a text elsewhere, have another key', () => {
  const key = keyFor('b', 'text');
  assert.notEqual(keyFor('c', 'text'), key);
  assert.notEqual(keyFor('b', 'text!'), key);
});

test('what was written while the text was on its way stays', () => {
  localStorage.setItem('d', 'more');
  forgetSent('d', 'text');
  assert.equal(localStorage.getItem('d'), 'more');
  forgetSent('d', 'more');
  assert.equal(localStorage.getItem('d'), null);
});
