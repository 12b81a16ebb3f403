import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** A button that opens a short list of actions; a click elsewhere or Escape closes it. */
export function Menu({ label, children }: { label: string; children: ComponentChildren }): JSX.Element {
  const element = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const details = element.current;
    const summary = details?.querySelector('summary');
    if (!open || details === null) {
      return undefined;
    }
    const close = (event: Event) => {
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      if (escape || (event.type === 'click' && summary?.contains(event.target as Node) !== true)) {
        details.open = false;
      }
      if (escape) {
        summary?.focus();
      }
    };
    // Before the action runs: a dialog that it opens gives the focus back to what is still seen.
    const leave = () => summary?.focus();
    details.lastElementChild?.addEventListener('click', leave, true);
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    return () => {
      details.lastElementChild?.removeEventListener('click', leave, true);
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    };
  }, [open]);
  return (
    <details class="menu" ref={element} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary aria-label={label}>
        <Icon name="more" />
      </summary>
      <div class="menu-items">{children}</div>
    </details>
  );
}
