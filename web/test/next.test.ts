import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entrance, onward } from '../src/session/next.ts';

test('one goes on to an address of this site', () => {
  assert.equal(onward('/questions?sort=hot'), '/questions?sort=hot');
  assert.equal(onward('/@ada'), '/@ada');
});

test('nobody is led to another site', () => {
  for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', 'evil', '']) {
    assert.equal(onward(evil), '/', evil);
  }
});

test('signing in does not lead to signing in', () => {
  assert.equal(onward('/sign-in?next=%2F'), '/');
  assert.equal(onward('/register'), '/');
  assert.equal(onward('/registers'), '/registers');
});

test('the way between signing in and registering keeps where one goes on to', () => {
  assert.equal(entrance('/register', '/'), '/register');
  assert.equal(onward(new URL(entrance('/sign-in', '/search?q=a&b'), 'http://x').searchParams.get('next')), '/search?q=a&b');
});
