import { effect, signal, type Signal } from '@preact/signals';
import { me } from '../session/session.ts';

/** What the reader did to people since the page was loaded, by id. It goes before what the server says of them. */
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

/** Notes that it was done, or undone; gives what forgets that again. */
export function note(done: Deeds, id: string, on: boolean): () => void {
  const before = done.value.get(id);
  done.value = new Map(done.value).set(id, on);
  return () => {
    const next = new Map(done.value);
    if (before === undefined) {
      next.delete(id);
    } else {
      next.set(id, before);
    }
    done.value = next;
  };
}
