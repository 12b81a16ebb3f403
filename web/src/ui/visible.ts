import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Milliseconds that something must be on the screen: what is only scrolled past costs nothing. */
const LINGER = 400;

const watched = new Map<Element, (visible: boolean) => void>();
const observer = new IntersectionObserver(entries => {
  entries.forEach(entry => watched.get(entry.target)?.(entry.isIntersecting));
});

/** Begins something while an element is on the screen; what `begin` returns ends it. */
export function useWhileVisible(element: RefObject<Element>, begin: () => () => void, of: unknown): void {
  useEffect(() => {
    const target = element.current;
    if (target === null) {
      return;
    }
    let end: (() => void) | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    watched.set(target, visible => {
      clearTimeout(timer);
      if (visible && end === undefined) {
        timer = setTimeout(() => (end = begin()), LINGER);
      } else if (!visible) {
        end?.();
        end = undefined;
      }
    });
    observer.observe(target);
    return () => {
      clearTimeout(timer);
      observer.unobserve(target);
      watched.delete(target);
      end?.();
    };
  }, [of]);
}
