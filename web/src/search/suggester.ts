/** Milliseconds of rest before one asks: doubled with each request while somebody types on, so that slow typing costs few of them, too. */
const PAUSE = 250;
const LONGEST_PAUSE = 1_000;
/** Milliseconds after which one begins anew with the shortest. */
const BREAK = 2_000;
const SHORTEST = 2;
const CACHED = 30;

/** Does something later; gives what calls it off. */
export type Later = (action: () => void, milliseconds: number) => () => void;

const byTimer: Later = (action, milliseconds) => {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
};

/** Finds what somebody may mean who types: after a pause, one request at a time, none for what is known already. */
export class Suggester<T> {
  private readonly cache = new Map<string, T[]>();
  private text = '';
  private asked = 0;
  private request: AbortController | undefined;
  private callOff: () => void = () => undefined;
  private endBurst: () => void = () => undefined;

  /** Takes what finds something, and what shows what was found for the text as it is. */
  constructor(
    private readonly ask: (text: string, signal: AbortSignal) => Promise<T[]>,
    private readonly show: (found: T[]) => void,
    private readonly later: Later = byTimer,
  ) {}

  /** Takes the text after each change of it. */
  type(typed: string): void {
    const text = typed.trim();
    if (text === this.text) {
      return;
    }
    this.stop();
    this.text = text;
    this.endBurst();
    this.endBurst = this.later(() => (this.asked = 0), BREAK);
    const short = text.length < SHORTEST;
    if (short) {
      this.asked = 0;
    }
    const known = short ? [] : this.cache.get(text);
    if (known !== undefined) {
      this.show(known);
    } else {
      this.callOff = this.later(() => this.find(text), Math.min(PAUSE * 2 ** this.asked, LONGEST_PAUSE));
    }
  }

  /** Wants nothing any more. */
  stop(): void {
    this.text = '';
    this.callOff();
    this.request?.abort();
  }

  private async find(text: string): Promise<void> {
    this.asked++;
    const request = new AbortController();
    this.request = request;
    try {
      const found = await this.ask(text, request.signal);
      this.keep(text, found);
      if (!request.signal.aborted) {
        this.show(found);
      }
    } catch {
      // Suggestions are a help: without them one types on.
    }
  }

  private keep(text: string, found: T[]): void {
    const [oldest] = this.cache.keys();
    if (this.cache.size >= CACHED && oldest !== undefined) {
      this.cache.delete(oldest);
    }
    this.cache.set(text, found);
  }
}
