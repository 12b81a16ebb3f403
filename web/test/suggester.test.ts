import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Suggester, type Later } from '../src/search/suggester.ts';

/** Time that moves when it is told to. */
class Clock {
  private now = 0;
  private due: { at: number; action: () => void }[] = [];

  readonly later: Later = (action, milliseconds) => {
    const entry = { at: this.now + milliseconds, action };
    this.due.push(entry);
    return () => (this.due = this.due.filter(it => it !== entry));
  };

  async move(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    for (;;) {
      const next = this.due.filter(it => it.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) {
        break;
      }
      this.now = next.at;
      this.due = this.due.filter(it => it !== next);
      next.action();
      await settled();
    }
    this.now = end;
    await settled();
  }
}

const settled = () => new Promise(resolve => setImmediate(resolve));

function answered(): { clock: Clock; asked: string[]; shown: string[][]; suggester: Suggester<string> } {
  const clock = new Clock();
  const asked: string[] = [];
  const shown: string[][] = [];
  const ask = (text: string) => {
    asked.push(text);
    return Promise.resolve([`${text}!`]);
  };
  return { clock, asked, shown, suggester: new Suggester(ask, found => shown.push(found), clock.later) };
}

for (const pace of [60, 100, 200, 260, 400, 600, 900]) {
  test(`ten letters, one each ${pace} ms, cost at most three requests`, async () => {
    const { clock, asked, shown, suggester } = answered();
    for (let n = 1; n <= 10; n++) {
      suggester.type('performers'.slice(0, n));
      await clock.move(pace);
    }
    await clock.move(5_000);
    assert.ok(asked.length <= 3, asked.join());
    assert.equal(asked.at(-1), 'performers');
    assert.deepEqual(shown.at(-1), ['performers!']);
  });
}

test('asks after a pause, and not for one letter', async () => {
  const { clock, asked, suggester } = answered();
  suggester.type('a');
  await clock.move(1_000);
  suggester.type('an');
  await clock.move(249);
  assert.deepEqual(asked, []);
  await clock.move(1);
  assert.deepEqual(asked, ['an']);
});

test('asks with the shortest pause again after a break', async () => {
  const { clock, asked, suggester } = answered();
  suggester.type('an');
  await clock.move(3_000);
  suggester.type('ann');
  await clock.move(250);
  assert.deepEqual(asked, ['an', 'ann']);
});

test('asks with the shortest pause again after the text was taken away', async () => {
  const { clock, asked, suggester } = answered();
  suggester.type('an');
  await clock.move(250);
  suggester.type('');
  suggester.type('ja');
  await clock.move(250);
  assert.deepEqual(asked, ['an', 'ja']);
});

test('does not ask again for what it knows', async () => {
  const { clock, asked, shown, suggester } = answered();
  suggester.type('an');
  await clock.move(3_000);
  suggester.type('ann');
  await clock.move(3_000);
  suggester.type(' an ');
  assert.deepEqual(shown.at(-1), ['an!']);
  await clock.move(3_000);
  assert.deepEqual(asked, ['an', 'ann']);
});

test('aborts the request before, and never shows what it found', async () => {
  const clock = new Clock();
  const requests: { signal: AbortSignal; answer: (found: string[]) => void }[] = [];
  const shown: string[][] = [];
  const ask = (_: string, signal: AbortSignal) => new Promise<string[]>(answer => requests.push({ signal, answer }));
  const suggester = new Suggester(ask, found => shown.push(found), clock.later);
  suggester.type('an');
  await clock.move(250);
  suggester.type('ann');
  assert.equal(requests[0]?.signal.aborted, true);
  await clock.move(500);
  requests[1]?.answer(['ann!']);
  requests[0].answer(['an!']);
  await settled();
  assert.deepEqual(shown, [['ann!']]);
});

test('shows nothing for a text that was taken away', async () => {
  const { clock, shown, suggester } = answered();
  suggester.type('an');
  await clock.move(250);
  suggester.type('');
  assert.deepEqual(shown.at(-1), []);
});

test('passes over a request that failed, and asks again for the same text', async () => {
  const clock = new Clock();
  let asked = 0;
  const suggester = new Suggester<string>(() => Promise.reject(new Error(String(++asked))), () => undefined, clock.later);
  suggester.type('an');
  await clock.move(250);
  suggester.type('');
  suggester.type('an');
  await clock.move(3_000);
  assert.equal(asked, 2);
});
