import type { JSX } from 'preact';
import { t } from '../i18n/i18n.ts';

interface Props {
  points: (number | null)[];
  /** Where the axis ends at least. */
  top: number;
  write: (value: number) => string;
}

const HEIGHT = 40;

/** The line through the points, one pixel each; it is broken where nothing was measured. */
export function line(points: (number | null)[], top: number): string {
  return points
    .map((point, x) => {
      const begins = x === 0 || (points[x - 1] ?? null) === null;
      return point === null ? '' : `${begins ? 'M' : 'L'}${x} ${Math.round((1 - point / top) * HEIGHT * 10) / 10}${begins ? 'h0' : ''}`;
    })
    .join('');
}

/** A small plot of the last half hour, its axis from nothing to the most. */
export function Plot({ points, top, write }: Props): JSX.Element {
  const known = points.filter(point => point !== null);
  const most = Math.max(...known);
  const end = Math.max(top, most) || 1;
  return (
    <figure class="plot">
      <svg role="img" viewBox={`0 0 ${points.length - 1} ${HEIGHT}`} preserveAspectRatio="none" aria-label={t('status.plot', { least: write(Math.min(...known)), most: write(most) })}>
        <path d={line(points, end)} />
      </svg>
      <span aria-hidden="true">{write(end)}</span>
      <span aria-hidden="true">{write(0)}</span>
      <figcaption aria-hidden="true">
        <span>{t('status.from')}</span>
        <span>{t('status.to')}</span>
      </figcaption>
    </figure>
  );
}
