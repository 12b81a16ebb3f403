import { signal } from '@preact/signals';
import { api, Problem, type Answer, type Question, type Schemas } from '../api/client.ts';
import { take } from '../boot.ts';
import { PAGE, placeAt, placeLast, put } from './places.ts';
import { wished } from './votes.ts';

/** Milliseconds for which a question is not asked for again: each time counts as a view of it. */
const FRESH = 10_000;

/** What votes change, of a question or an answer. */
type Change = Partial<Pick<Answer, 'score' | 'scoreVersion' | 'viewer'>>;

/** A question with one page of its answers, kept as they are by what is heard of them. */
export class Thread {
  readonly question = signal<Question | null>(null);
  readonly answers = signal<Answer[]>([]);
  readonly page = signal(1);
  readonly pages = signal(1);
  readonly failed = signal<unknown>(null);
  /** Whether it is not there, or not any more. */
  readonly gone = signal(false);
  /** New answers that stand on other pages. */
  readonly elsewhere = signal<{ id: string; page: number }[]>([]);
  /** What is said to those who hear the page. */
  readonly announced = signal('');
  /** The answer to be looked at. */
  readonly pointed = signal('');
  /** Of the number of answers: greater is newer. */
  countsVersion = 0;
  loading = Promise.resolve();
  /** When the question was loaded. */
  private seen = 0;
  /** Whether something may have happened since it was loaded. */
  private stale = true;

  constructor(
    readonly id: string,
    page: number,
  ) {
    this.page.value = page;
    const question = take('question');
    const answers = take('answers');
    if (question?.id === id && answers !== undefined && (answers.page ?? 1) === page) {
      this.show(question);
      this.showAnswers(answers);
      this.stale = page > this.pages.value;
    }
  }

  /** Makes it good to be looked at: loads it, unless it has just come with the page. */
  begin(): Promise<void> {
    if (this.stale) {
      this.load();
    }
    this.stale = true;
    return this.loading;
  }

  load(): void {
    this.loading = this.fetch();
  }

  private async fetch(): Promise<void> {
    const page = this.page.value;
    const asked = Date.now();
    const old = asked - this.seen > FRESH;
    this.failed.value = null;
    try {
      const [question, answers] = await Promise.all([old && api('get', '/api/v1/questions/{id}', { path: { id: this.id } }), this.fetchPage(page)]);
      if (question !== false) {
        this.show(question, asked);
      }
      if (page === this.page.value) {
        this.showAnswers(answers, asked);
        if (page > this.pages.value) {
          this.page.value = this.pages.value;
          await this.fetch();
        }
      }
    } catch (error) {
      this.gone.value = isGone(error);
      this.failed.value = error;
    }
  }

  private fetchPage(page: number): Promise<Schemas['AnswerPage']> {
    return api('get', '/api/v1/questions/{id}/answers', { path: { id: this.id }, query: { page } });
  }

  /** Shows the question as it was when it was asked for. */
  show(question: Question, asked = Date.now()): void {
    this.seen = Date.now();
    this.question.value = wished(question, asked);
    this.countsVersion = Math.max(this.countsVersion, question.scoreVersion);
  }

  private showAnswers(page: Schemas['AnswerPage'], asked = Date.now()): void {
    this.answers.value = page.items.map(it => wished(it, asked));
    this.pages.value = page.pages ?? 1;
    this.elsewhere.value = this.elsewhere.value.filter(it => it.page !== this.page.value);
  }

  /** Points to an answer, on whichever page it is; false if there is none. */
  async seek(answer: string): Promise<boolean> {
    let found = this.has(answer);
    if (!found && (await this.fetchAnswer(answer)) !== undefined) {
      for (let page = 1; page <= this.pages.value && !found; page++) {
        const asked = Date.now();
        const answers = await this.fetchPage(page);
        found = answers.items.some(it => it.id === answer);
        if (found) {
          this.page.value = page;
          this.showAnswers(answers, asked);
        }
      }
    }
    this.pointed.value = answer;
    return found;
  }

  has(answer: string): boolean {
    return this.answers.value.some(it => it.id === answer);
  }

  /** An answer, unless it is gone or not for this reader. */
  async fetchAnswer(id: string): Promise<Answer | undefined> {
    const asked = Date.now();
    const answer = await api('get', '/api/v1/answers/{id}', { path: { id } }).catch(() => undefined);
    return answer?.question === this.id ? wished(answer, asked) : undefined;
  }

  /** Shows what the reader has just answered; false if it belongs on another page. */
  add(answer: Answer): boolean {
    const here = this.has(answer.id) || (this.page.value === this.pages.value && this.answers.value.length < PAGE);
    if (here) {
      this.answers.value = put(this.answers.value, answer, placeLast(this.answers.value));
    }
    return here;
  }

  /** Shows what somebody has answered, with so many answers before it. */
  insert(answer: Answer, position: number): void {
    this.answers.value = put(this.answers.value, answer, placeAt(position, this.page.value, this.answers.value.length));
  }

  replace(answer: Answer): void {
    this.answers.value = this.answers.value.map(it => (it.id === answer.id ? answer : it));
  }

  remove(answer: string): void {
    this.answers.value = this.answers.value.filter(it => it.id !== answer);
    this.elsewhere.value = this.elsewhere.value.filter(it => it.id !== answer);
  }

  /** The question or an answer, by its id. */
  item(id: string): Question | Answer | undefined {
    return id === this.id ? (this.question.value ?? undefined) : this.answers.value.find(it => it.id === id);
  }

  change(id: string, change: Change): void {
    if (this.question.value?.id === id) {
      this.question.value = { ...this.question.value, ...change };
    }
    this.answers.value = this.answers.value.map(it => (it.id === id ? { ...it, ...change } : it));
  }

  /** Moves the mark; undefined: no answer is accepted. */
  mark(accepted: string | undefined): void {
    this.answers.value = this.answers.value.map(it => ({ ...it, accepted: it.id === accepted }));
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}
