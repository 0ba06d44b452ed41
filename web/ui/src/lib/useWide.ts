import { useSyncExternalStore } from 'react';

/** Whether the window is at least so wide, as it changes. */
export function useWide(fromPx: number): boolean {
  const query = `(min-width: ${fromPx}px)`;
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}
