import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** A button that opens a short list of actions; a click elsewhere or Escape closes it. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const details = element.current;
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (details?.open === true && (escape || (event.type === 'click' && !details.querySelector('summary')?.contains(event.target as Node)))) {
        details.open = false;
        if (escape) {
          details.querySelector('summary')?.focus();
        }
      }
    };
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details class="menu" ref={element}>
      <summary aria-label={label}>
        <Icon name="more" />
      </summary>
      <div class="menu-items">{children}</div>
    </details>
  );
}
