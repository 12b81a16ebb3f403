import type { JSX } from 'preact';
import { full, relative } from '../i18n/time.ts';

/** How long ago, with the whole date on hover. */
export function When({ at }: { at: string }): JSX.Element {
  return (
    <time dateTime={at} title={full(at)}>
      {relative(at)}
    </time>
  );
}
