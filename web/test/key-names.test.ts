import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreign, named } from '../src/ui/key-names.ts';

const pressed = (key: string, code: string, shiftKey = false) => ({ key, code, shiftKey });

test('on a Latin keyboard a key is what it writes', () => {
  // The second is Turkish, where the full stop is beside the right shift key; the third German.
  const keys = [pressed('j', 'KeyJ'), pressed('.', 'Slash'), pressed('/', 'Digit7', true), pressed('?', 'Slash', true), pressed('ö', 'Semicolon')];
  assert.deepEqual(keys.map(it => named(it, false)), ['j', '.', '/', '?', 'ö']);
});

test('on a Russian keyboard a key is what a Latin one has there', () => {
  const keys = [pressed('о', 'KeyJ'), pressed('.', 'Slash'), pressed('ю', 'Period'), pressed(',', 'Slash', true), pressed('?', 'Digit7', true), pressed('Enter', 'Enter'), pressed('п', 'KeyG')];
  assert.deepEqual(keys.map(it => named(it, true)), ['j', '/', '.', '?', '?', 'Enter', 'g']);
});

test('the last letter tells the keyboard', () => {
  assert.deepEqual([pressed('о', 'KeyJ'), pressed('é', 'Digit2'), pressed('j', 'KeyJ')].map(it => foreign(it, false)), [true, false, false]);
  assert.deepEqual([pressed('.', 'Slash'), pressed('Shift', 'ShiftLeft')].map(it => foreign(it, true)), [true, true]);
});
