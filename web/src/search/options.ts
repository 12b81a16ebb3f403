import { useRef, useState } from 'preact/hooks';

interface Options {
  /** The one that the arrows have reached; -1: none. */
  active: number;
  /** Whether the key was one of theirs. */
  onKey: (event: KeyboardEvent) => boolean;
}

/** The keys of a combobox's list (WAI-ARIA): arrows go through its options and back to the input, Enter takes one, Escape closes it. */
export function useOptions<T>(options: readonly T[], take: (option: T) => void, close: () => void): Options {
  // Keys may follow each other faster than the page is drawn.
  const reached = useRef({ options, index: -1 });
  const [, draw] = useState(-1);
  const move = (index: number) => {
    reached.current = { options, index };
    draw(index);
  };
  const active = () => (reached.current.options === options ? reached.current.index : -1);
  const onKey = ({ key }: KeyboardEvent) => {
    const count = options.length;
    const now = active();
    const option = options[now];
    if (count === 0) {
      return false;
    }
    if (key === 'ArrowDown') {
      move(now === count - 1 ? -1 : now + 1);
    } else if (key === 'ArrowUp') {
      move(now === -1 ? count - 1 : now - 1);
    } else if (key === 'Enter' && option !== undefined) {
      take(option);
      move(-1);
    } else if (key === 'Escape') {
      close();
      move(-1);
    } else {
      return false;
    }
    return true;
  };
  return { active: active(), onKey };
}
