import type { ComponentChildren, JSX } from 'preact';

/** Where a list has nothing: says why, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }): JSX.Element {
  return (
    <div class="empty">
      <svg width="120" height="64" viewBox="0 0 120 64" aria-hidden="true">
        <path d="M4 18c18-16 36-16 56 0s38 16 56 0M4 34c18-16 36-16 56 0s38 16 56 0M4 50c18-16 36-16 56 0s38 16 56 0" />
      </svg>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
