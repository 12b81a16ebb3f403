import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import { takeBack, toast } from '../src/ui/toast.tsx';

test('what can be undone is undone once, also after something else was said', () => {
  const undone: string[] = [];
  const offer = (name: string) => toast(name, { label: 'undo', run: () => undone.push(name) });
  offer('first');
  offer('second');
  toast('said in passing');
  assert.deepEqual([takeBack(), takeBack()], [true, false]);
  assert.deepEqual(undone, ['second']);
});
