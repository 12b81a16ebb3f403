import { signal } from '@preact/signals';
import type { Problem } from '../api/client.ts';

export interface Loaded<T> {
  items: T[];
  nextCursor?: string;
}

/** A list that is loaded page by page, newest first, each item once. */
export class Pager<T extends { id: string }> {
  readonly items = signal<T[]>([]);
  readonly loading = signal(false);
  readonly failed = signal<Problem | null>(null);
  /** Whether its end is reached. */
  readonly ended = signal(false);
  private cursor: string | undefined;

  /** Takes what loads a page: after a cursor, of so many items. */
  constructor(private readonly load: (cursor: string | undefined, limit: number) => Promise<Loaded<T>>) {}

  /** Loads the next page, and on until there are as many items as wanted. */
  async more(wanted = 0): Promise<void> {
    if (this.loading.value || this.ended.value) {
      return;
    }
    this.loading.value = true;
    this.failed.value = null;
    try {
      let missing = wanted;
      do {
        this.take(await this.load(this.cursor, Math.min(100, Math.max(20, missing))));
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
    this.items.value = [...this.items.value, ...page.items.filter(item => !shown.has(item.id))];
    this.cursor = page.nextCursor;
    this.ended.value = page.nextCursor === undefined;
  }

  /** Loads as much as there is anew, and gives it without showing it. */
  async again(): Promise<Loaded<T>> {
    const wanted = Math.max(20, this.items.value.length);
    const found: Loaded<T> = { items: [] };
    do {
      const page = await this.load(found.nextCursor, Math.min(100, wanted));
      found.items.push(...page.items);
      delete found.nextCursor;
      if (page.nextCursor !== undefined) {
        found.nextCursor = page.nextCursor;
      }
    } while (found.items.length < wanted && found.nextCursor !== undefined);
    return found;
  }

  /** Shows what {@link again} gave. */
  show(page: Loaded<T>): void {
    this.items.value = [];
    this.take(page);
  }

  /** Puts items at their places by id, the greatest first. */
  insert(...added: T[]): void {
    const ids = new Set(added.map(item => item.id));
    const all = [...added, ...this.items.value.filter(item => !ids.has(item.id))];
    this.items.value = all.sort((a, b) => byId(b.id, a.id));
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
}

/** Compares ids, which are decimal numbers beyond what a number holds exactly. */
export function byId(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
