import { api } from '../api/client.ts';
import { t } from '../i18n/i18n.ts';
import type { LiveEvent } from '../live/live.ts';
import { me } from '../session/session.ts';
import type { Thread } from './thread.ts';

/** Applies what happened to a question, once what is being loaded is there; docs/live.md says what the events mean. */
export async function apply(thread: Thread, event: LiveEvent): Promise<void> {
  await thread.loading;
  count(thread, event);
  switch (event.event) {
    case 'reset':
      thread.load();
      break;
    case 'answer':
      await arrived(thread, event);
      break;
    case 'answer-edited':
      await edited(thread, event);
      break;
    case 'answer-removed':
      thread.remove(event.id ?? '');
      break;
    case 'votes':
      voted(thread, event);
      break;
    case 'accepted':
      thread.mark(event.id);
      break;
    case 'question-edited':
      await asked(thread, event);
      break;
    case 'question-removed':
      thread.gone.value = true;
      break;
  }
}

function count(thread: Thread, { answers, countsVersion = 0 }: LiveEvent): void {
  const question = thread.question.value;
  if (question !== null && answers !== undefined && countsVersion > thread.countsVersion) {
    thread.countsVersion = countsVersion;
    thread.question.value = { ...question, answers };
  }
}

async function arrived(thread: Thread, { id = '', position = 0, page = 1 }: LiveEvent): Promise<void> {
  const answer = thread.has(id) ? undefined : await thread.fetchAnswer(id);
  // One's own may have been shown meanwhile.
  if (answer === undefined || thread.has(id)) {
    return;
  }
  thread.pages.value = Math.max(thread.pages.value, page);
  if (page === thread.page.value) {
    thread.insert(answer, position);
    thread.announced.value = t('answers.arrived', { name: answer.author.name });
  } else if (answer.author.id !== me.value?.id && !thread.elsewhere.value.some(it => it.id === id)) {
    thread.elsewhere.value = [...thread.elsewhere.value, { id, page }];
  }
}

async function edited(thread: Thread, { id = '', version = 0 }: LiveEvent): Promise<void> {
  const shown = thread.answers.value.find(it => it.id === id);
  const answer = shown !== undefined && shown.version < version ? await thread.fetchAnswer(id) : undefined;
  if (answer !== undefined) {
    thread.replace(answer);
  }
}

function voted(thread: Thread, { id = '', score = 0, version = 0 }: LiveEvent): void {
  if (version > (thread.item(id)?.scoreVersion ?? version)) {
    thread.change(id, { score, scoreVersion: version });
  }
}

async function asked(thread: Thread, { version = 0 }: LiveEvent): Promise<void> {
  if (version > (thread.question.value?.version ?? 0)) {
    const now = Date.now();
    await api('get', '/api/v1/questions/{id}', { path: { id: thread.id } }).then(
      it => thread.show(it, now),
      () => undefined,
    );
  }
}
