/** Of lines stacked at known offsets, which lie within what a box shows, with some to spare: only those need to be drawn. */
import { type RefObject, useLayoutEffect, useState } from 'react';

const SPARE_PX = 700;
const UNMEASURED_PX = 900;

/** `offsets` holds each line's top and, last, the end of all. The answer is [first, afterLast). */
export function useVisibleRange(box: RefObject<HTMLElement | null>, offsets: readonly number[]): [number, number] {
  const [view, setView] = useState({ top: 0, height: UNMEASURED_PX });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => {
      const next = { top: element.scrollTop, height: element.clientHeight || UNMEASURED_PX };
      setView((last) => (Math.abs(next.top - last.top) < SPARE_PX / 4 && next.height === last.height ? last : next));
    };
    const resized = new ResizeObserver(look);
    element.addEventListener('scroll', look, { passive: true });
    resized.observe(element);
    look();
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [box]);
  return visibleRange(offsets, view.top - SPARE_PX, view.top + view.height + SPARE_PX);
}

export function visibleRange(offsets: readonly number[], top: number, bottom: number): [number, number] {
  const count = Math.max(0, offsets.length - 1);
  return [Math.min(count, lineAt(offsets, top)), Math.min(count, lineAt(offsets, bottom) + 1)];
}

/** The last line whose top is not below `at`. */
function lineAt(offsets: readonly number[], at: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}
