import { computed, signal } from '@preact/signals';
import { api, Problem, type Schemas } from '../api/client.ts';
import { byId, Pager, type Loaded } from '../list/pager.ts';
import type { LiveEvent } from '../live/live.ts';
import { entryOf, fetchPost, gone, refresh, type Entry } from '../post/posts.ts';

/** Milliseconds for which events are gathered before they are worked, and until what failed is tried again. */
const GATHER = 150;
const AGAIN = 3_000;
/** Posts that are fetched one by one for what was gathered; more are one look at the whole. */
const SINGLY = 5;

/** Turns a page of the API into lines of a feed. */
export function entries(page: Schemas['PostPage']): Loaded<Entry> {
  return { ...page, items: page.items.map(entryOf) };
}

/** The reader's feed: what is shown, and what is new and waits until the reader wants it. */
export class Feed {
  readonly pager = new Pager<Entry>(async (cursor, limit) => {
    const since = ++this.clock;
    const page = await api('get', '/api/v1/feed', { query: { limit, cursor } });
    return entries({ ...page, items: page.items.filter(post => !this.wentSince(post.id, since) && !('original' in post && this.wentSince(post.original.id, since))) });
  }, 'newest');
  private readonly arrived = signal<Entry[]>([]);
  /** What is new and not shown yet, the newest first. */
  readonly pending = computed(() => this.arrived.value.filter(it => !this.pager.items.value.some(shown => shown.id === it.id)));
  private told: string[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Orders requests and removals: an answer to an earlier request does not bring back what went later. */
  private clock = 0;
  private readonly went = new Map<string, number>();
  private reconciling = false;
  private stale = false;
  private retry: ReturnType<typeof setTimeout> | undefined;

  /** Takes whether new posts may be shown at once: the reader is at the very top and busy with nothing. */
  constructor(private readonly idle: () => boolean) {}

  /** Shows what is new. */
  showPending(): void {
    this.pager.insert(...this.pending.value);
    this.arrived.value = [];
  }

  /** Does what an event asks for. */
  hear(event: LiveEvent): void {
    const { post, version = 0 } = event;
    if (event.event === 'reset') {
      this.reconcile();
    } else if (post === undefined) {
      return;
    } else if (event.event === 'inserted') {
      this.told.push(post);
      this.timer ??= setTimeout(() => this.fetchTold(), GATHER);
    } else if (event.event === 'updated') {
      refresh(post, version).catch((error: unknown) => this.later(error));
    } else if (event.event === 'removed') {
      this.remove(post);
    }
  }

  private remove(post: string): void {
    const matches = (it: Entry) => it.id === post || it.original === post;
    this.went.set(post, ++this.clock);
    gone(post);
    this.pager.remove(matches);
    this.arrived.value = this.arrived.value.filter(it => !matches(it));
  }

  private wentSince(post: string, since: number): boolean {
    return (this.went.get(post) ?? 0) > since;
  }

  private async fetchTold(): Promise<void> {
    const told = [...new Set(this.told)];
    this.told = [];
    this.timer = undefined;
    const since = ++this.clock;
    if (told.length > SINGLY) {
      await this.reconcile();
      return;
    }
    try {
      const fetched = await Promise.all(told.map(fetchPost));
      this.arrive(fetched.filter(it => it !== null).filter(it => !this.wentSince(it.id, since) && !this.wentSince(it.original, since)));
    } catch (error) {
      this.later(error);
    }
  }

  /** Tries again what may succeed later; whoever is signed out is not asked for in a circle. */
  private later(error: unknown): void {
    if (error instanceof Problem && error.passing) {
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.reconcile(), AGAIN);
    }
  }

  /** For when it is not shown: whoever comes back has it reconciled anyway. */
  rest(): void {
    clearTimeout(this.retry);
  }

  /** Loads what is shown anew, one time after another: new posts wait as always, all else is put right in place. */
  async reconcile(): Promise<void> {
    if (this.pager.items.value.length === 0 && !this.pager.ended.value) {
      // Nothing is shown yet. What failed is tried again; what is under way is new enough.
      if (this.pager.failed.value !== null) {
        await this.pager.more();
      }
      return;
    }
    this.stale = true;
    if (this.reconciling) {
      return;
    }
    this.reconciling = true;
    try {
      while (this.stale) {
        this.stale = false;
        this.adopt(await this.pager.again());
      }
    } catch (error) {
      this.later(error);
    } finally {
      this.reconciling = false;
    }
  }

  private adopt(page: Loaded<Entry>): void {
    const top = this.pager.items.value[0];
    const shown = new Set(this.pager.items.value.map(it => it.id));
    const isNew = (it: Entry) => !shown.has(it.id) && (top === undefined || byId(it.id, top.id) > 0);
    this.pager.show({ ...page, items: page.items.filter(it => !isNew(it)) });
    this.arrived.value = [];
    this.arrive(page.items.filter(isNew));
  }

  private arrive(added: Entry[]): void {
    const last = this.pager.items.value.at(-1);
    const fit = added.filter(it => this.pager.ended.value || last === undefined || byId(it.id, last.id) > 0);
    const ids = new Set(fit.map(it => it.id));
    this.arrived.value = [...fit, ...this.arrived.value.filter(it => !ids.has(it.id))].sort((a, b) => byId(b.id, a.id));
    if (this.idle()) {
      this.showPending();
    }
  }
}
