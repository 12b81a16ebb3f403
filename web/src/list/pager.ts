import { signal } from '@preact/signals';
import type { Problem } from '../api/client.ts';

export interface Loaded<T> {
  items: T[];
  nextCursor?: string;
}

/** How a list is sorted: by id, the greatest or the smallest first, or as the server has it. */
export type Order = 'newest' | 'oldest' | 'given';

const SMALLEST_PAGE = 20;
const LARGEST_PAGE = 100;

/** A list that is loaded page by page, each item once. */
export class Pager<T extends { id: string }> {
  readonly items = signal<T[]>([]);
  readonly loading = signal(false);
  readonly failed = signal<Problem | null>(null);
  /** Whether its end is reached. */
  readonly ended = signal(false);
  private cursor: string | undefined;

  /** Takes what loads a page: after a cursor, of so many items. */
  constructor(
    private readonly load: (cursor: string | undefined, limit: number) => Promise<Loaded<T>>,
    private readonly order: Order = 'given',
  ) {}

  /** Loads the next page that has items, and on until there are as many items as wanted. */
  async more(wanted = 1): Promise<void> {
    if (this.loading.value || this.ended.value) {
      return;
    }
    this.loading.value = true;
    this.failed.value = null;
    try {
      let missing = wanted;
      do {
        this.take(await this.load(this.cursor, pageOf(missing)));
        missing = this.cursor === undefined ? 0 : wanted - this.items.value.length;
      } while (missing > 0);
    } catch (problem) {
      this.failed.value = problem as Problem;
    } finally {
      this.loading.value = false;
    }
  }

  private take(page: Loaded<T>): void {
    const shown = new Set(this.items.value.map(item => item.id));
    this.items.value = this.sorted([...this.items.value, ...page.items.filter(item => !shown.has(item.id))]);
    this.cursor = page.nextCursor;
    this.ended.value = page.nextCursor === undefined;
  }

  /** Loads all that is shown anew, from the beginning to the last item or beyond, and gives it without showing it. */
  async again(): Promise<Loaded<T>> {
    const wanted = this.items.value.length;
    const last = this.items.value.at(-1)?.id;
    const found: T[] = [];
    let cursor: string | undefined;
    let tail: string | undefined;
    do {
      const page = await this.load(cursor, pageOf(wanted));
      found.push(...page.items);
      cursor = page.nextCursor;
      tail = found.at(-1)?.id;
    } while (cursor !== undefined && (this.order === 'given' || last === undefined || tail === undefined ? found.length < wanted : this.isAfter(last, tail)));
    return cursor === undefined ? { items: found } : { items: found, nextCursor: cursor };
  }

  /** Shows what {@link again} gave; what was loaded beyond that meanwhile stays. */
  show(page: Loaded<T>): void {
    const tail = page.items.at(-1)?.id;
    const beyond = this.order === 'given' || tail === undefined || page.nextCursor === undefined ? [] : this.items.value.filter(item => this.isAfter(item.id, tail));
    this.items.value = [...page.items, ...beyond];
    if (beyond.length === 0) {
      this.cursor = page.nextCursor;
      this.ended.value = page.nextCursor === undefined;
    }
  }

  /** Puts items at their places, or in the place of what they are newer versions of. */
  insert(...added: T[]): void {
    const ids = new Set(added.map(item => item.id));
    this.items.value = this.sorted([...added, ...this.items.value.filter(item => !ids.has(item.id))]);
  }

  /** Takes items away. What it returns puts them back to their places, among what has come or gone since. */
  remove(matches: (item: T) => boolean): () => void {
    const before = this.items.value;
    this.items.value = before.filter(item => !matches(item));
    return () => {
      const now = this.items.value;
      this.items.value = [...before.filter(item => matches(item) || now.includes(item)), ...now.filter(item => !before.includes(item))];
    };
  }

  private sorted(items: T[]): T[] {
    return this.order === 'given' ? items : items.sort((a, b) => (this.order === 'newest' ? byId(b.id, a.id) : byId(a.id, b.id)));
  }

  /** Whether one id comes after another in this list. */
  private isAfter(id: string, other: string): boolean {
    return (this.order === 'newest' ? byId(other, id) : byId(id, other)) > 0;
  }
}

function pageOf(wanted: number): number {
  return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, wanted));
}

/** Compares ids, which are decimal numbers beyond what a number holds exactly. */
export function byId(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
