import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** Milliseconds that one waits without being told so. */
const PATIENCE = 300;

/** Shown only to those who wait for longer than a moment. */
export function Late({ children }: { children: ComponentChildren }): JSX.Element | null {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return late ? <>{children}</> : null;
}

/** Grey bars where cards will be. */
export function Skeletons({ n = 3 }: { n?: number }): JSX.Element {
  return (
    <Late>
      <div class="skeletons" aria-hidden="true">
        {Array.from({ length: n }, (_, i) => (
          <div class="skeleton" key={i} />
        ))}
      </div>
    </Late>
  );
}
