import { effect, signal, type Signal } from '@preact/signals';
import { me } from '../session/session.ts';

/** What the reader did to people since the page was loaded, by id: newer than what the server said of them. */
export type Deeds = Signal<ReadonlyMap<string, boolean>>;

/** None yet, and none when somebody else reads. */
export function deeds(): Deeds {
  const done: Deeds = signal(new Map());
  let reader = me.peek()?.id;
  effect(() => {
    if (me.value?.id !== reader) {
      reader = me.value?.id;
      done.value = new Map();
    }
  });
  return done;
}

/** Does it, or takes it back. */
export function note(done: Deeds, id: string, on: boolean): void {
  done.value = new Map(done.value).set(id, on);
}
