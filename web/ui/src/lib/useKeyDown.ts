import { type RefObject, useEffect } from 'react';

/** Keys pressed anywhere within an element, whatever has the focus there. */
export function useKeyDown(element: RefObject<HTMLElement | null>, pressed: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const within = element.current;
    if (within === null) return;
    within.addEventListener('keydown', pressed);
    return () => within.removeEventListener('keydown', pressed);
  });
}
