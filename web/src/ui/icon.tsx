import type { JSX } from 'preact';

/** Drawn on 24 by 24 with a stroke of 1.8, no fill. */
const PATHS = {
  home: 'M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1Z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 20c1-4 4-6 8-6s7 2 8 6',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15ZM10 20.5h4',
  gear: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM8 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4',
  heart: 'M12 20C5 15 3.5 11.5 4 8.7 4.7 5 9.5 4 12 7.6 14.5 4 19.3 5 20 8.7c.5 2.8-1 6.3-8 11.3Z',
  comment: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
  share: 'M7 8h10l-3-3M17 16H7l3 3M17 8v3M7 16v-3',
  more: 'M5.5 12h.1M12 12h.1M18.5 12h.1',
  image: 'M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM4 16l5-5 4 4 3-2.5 4 4M15.5 9.5h.1',
  close: 'M6 6l12 12M18 6L6 18',
  up: 'M6 14l6-6 6 6',
  down: 'M6 10l6 6 6-6',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  tag: 'M4 12V5a1 1 0 0 1 1-1h7l8 8-8 8Z M8.5 8.5h.1',
  device: 'M5 5h14v10H5ZM3 19h18',
};

export type IconName = keyof typeof PATHS;

/** Decoration: whoever uses it gives its button or link a name. */
export function Icon({ name, size = 22 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
