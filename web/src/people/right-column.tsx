import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { lazy } from '../ui/lazy.tsx';

/** Where the frame has a third column; see frame.css. */
const WIDE = '(min-width: 861px)';

const Beside = lazy(() => import('./beside.tsx').then(it => it.Beside));

/** What stands beside the page where there is room; loaded only there. */
export function RightColumn(): JSX.Element | null {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const room = matchMedia(WIDE);
    const look = () => setWide(room.matches);
    room.addEventListener('change', look);
    return () => room.removeEventListener('change', look);
  }, []);
  return wide ? <Beside /> : null;
}
