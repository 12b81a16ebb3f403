import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingRoles, sections, silent, type Figure, type Status } from '../src/status/figures.ts';
import { line } from '../src/status/plot.tsx';

const figure = (name: string, points: Figure['points'], unit: Figure['unit'] = 'count'): Figure => ({ name, unit, points });
const only = (it: Figure) => sections([it]).flatMap(section => section.figures)[0];

test('a figure beyond its bound needs a look', () => {
  assert.equal(only(figure('queueParked', [0, 1]))?.bad, true);
  assert.equal(only(figure('queueParked', [1, 0]))?.bad, false);
});

test('a flag needs a look when it is down', () => {
  assert.equal(only(figure('liveReady', [1, 0], 'flag'))?.bad, true);
  assert.equal(only(figure('liveReady', [0, 1], 'flag'))?.bad, false);
});

test('what was measured long ago says nothing of now', () => {
  const old = only(figure('fanoutLag', [9, null, null, null, null], 'seconds'));
  assert.equal(old?.value, 9);
  assert.equal(old.age, 4);
  assert.equal(old.bad, false);
});

test('figures without a point are left out', () => {
  assert.equal(only(figure('replicaLag', [null, null])), undefined);
  assert.equal(only(figure('unheardOf', [1])), undefined);
});

test('a role that only silent processes have is missing', () => {
  const node = (name: string, roles: Status['nodes'][number]['roles'], seenAt: string) => ({ name, roles, version: '1', startedAt: '2026-01-01T00:00:00Z', seenAt });
  const nodes = [node('a', ['web', 'scheduler'], '2026-01-01T10:00:00Z'), node('b', ['worker'], '2026-01-01T09:50:00Z')];
  const status: Status = { every: 15, at: '2026-01-01T10:00:00Z', nodes, figures: [] };
  assert.deepEqual(nodes.map(it => silent(it, status)), [false, true]);
  assert.deepEqual(missingRoles(status), ['worker']);
});

test('a line is broken where nothing was measured, and single points are seen', () => {
  assert.equal(line([null, 0, 2, null, 1], 2), 'M1 40h0L2 0M4 20h0');
});
