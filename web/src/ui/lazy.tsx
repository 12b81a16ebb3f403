import type { ComponentType, JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { complain } from './toast.tsx';

/** A component whose code is loaded when it is shown first. */
export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Lazy(props: P): JSX.Element | null {
    const [Loaded, setLoaded] = useState<ComponentType<P> | null>(null);
    useEffect(() => {
      load().then(it => setLoaded(() => it), complain);
    }, []);
    return Loaded === null ? null : <Loaded {...props} />;
  };
}
