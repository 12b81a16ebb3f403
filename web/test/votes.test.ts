import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.ts';
import type { Answer, Question } from '../src/api/client.ts';
import { Thread } from '../src/question/thread.ts';
import { vote } from '../src/question/votes.ts';

const author = { id: '2', handle: 'ada', name: 'Ada' };
const item = (id: string, votes: number) => ({ id, author, score: 5 + votes, scoreVersion: 1, answers: 1, viewer: { vote: votes } });

/** A server that keeps one answer's vote; each answer to a vote waits until it is let go. */
function server(refuses = false) {
  let kept = 0;
  const sent: string[] = [];
  const waiting: (() => void)[] = [];
  globalThis.fetch = (async (input: string, { method = 'GET', body }: { method?: string; body?: string } = {}) => {
    if (method !== 'GET') {
      sent.push(`${method} ${body ?? ''}`);
      await new Promise<void>(resolve => waiting.push(resolve));
      kept = refuses ? kept : body === undefined ? 0 : (JSON.parse(body) as { value: number }).value;
      return new Response(refuses ? '{"detail":"no","errors":[]}' : null, { status: refuses ? 400 : 204 });
    }
    return Response.json(input.includes('/answers?') ? { items: [item(answer, kept)], page: 1, pages: 1 } : item('1', 0));
  }) as typeof fetch;
  return { sent, answer: () => waiting.shift()?.() };
}

let answer = '10';

/** Votes are remembered by id: each test has an answer of its own. */
function threadOf(id: string): Thread {
  answer = id;
  const thread = new Thread('1', 1);
  thread.show(item('1', 0) as unknown as Question);
  thread.answers.value = [item(id, 0) as unknown as Answer];
  return thread;
}

const seen = (thread: Thread) => [thread.item(answer)?.viewer?.vote, thread.item(answer)?.score];

async function reloaded(thread: Thread): Promise<void> {
  thread.load();
  await thread.loading;
}

test('a reload while a vote is on its way does not take it back', async () => {
  const { sent, answer: answers } = server();
  const thread = threadOf('10');
  const voting = vote(thread, '10', 1);
  await reloaded(thread);
  assert.deepEqual(seen(thread), [1, 6]);
  answers();
  await voting;
  assert.deepEqual(sent, ['PUT {"value":1}']);
  await reloaded(thread);
  assert.deepEqual(seen(thread), [1, 6]);
});

test('what was asked for before the vote and comes after it does not undo it', async () => {
  const { answer: answers } = server();
  const thread = threadOf('11');
  const loading = reloaded(thread);
  const voting = vote(thread, '11', -1);
  answers();
  await Promise.all([loading, voting]);
  assert.deepEqual(seen(thread), [-1, 4]);
});

test('what is wanted meanwhile is sent after the vote that is on its way', async () => {
  const { sent, answer: answers } = server();
  const thread = threadOf('12');
  const voting = vote(thread, '12', 1);
  await vote(thread, '12', -1);
  await vote(thread, '12', -1);
  await reloaded(thread);
  assert.deepEqual(seen(thread), [0, 5]);
  answers();
  await new Promise(resolve => setTimeout(resolve));
  answers();
  await voting;
  assert.deepEqual(sent, ['PUT {"value":1}', 'DELETE ']);
  assert.deepEqual(seen(thread), [0, 5]);
});

test('a vote that is refused is taken back', async () => {
  const { answer: answers } = server(true);
  const thread = threadOf('13');
  const voting = vote(thread, '13', 1);
  await reloaded(thread);
  answers();
  await voting;
  assert.deepEqual(seen(thread), [0, 5]);
});
