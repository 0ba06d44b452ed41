import { useEffect, useRef } from 'react';

const NEAR_END_PX = 120;
const MARGIN_PX = 16;

/**
 * Keeps the newest words in view as they grow, but never pushes their question out at the top; lets go when the reader scrolls up,
 * and takes hold again with a new question.
 */
export function useFollowingEnd(count: number) {
  const thread = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(false);

  useEffect(() => {
    const [box, inner] = [thread.current, content.current];
    if (box === null || inner === null) return;
    let last = box.scrollTop;
    const scrolled = () => {
      const nearEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
      if (nearEnd || box.scrollTop < last) following.current = nearEnd;
      last = box.scrollTop;
    };
    const grown = new ResizeObserver(() => {
      if (following.current) showNewest(box, inner);
    });
    box.addEventListener('scroll', scrolled, { passive: true });
    grown.observe(inner);
    return () => {
      box.removeEventListener('scroll', scrolled);
      grown.disconnect();
    };
  }, []);

  useEffect(() => {
    following.current = count > 0;
    const [box, inner] = [thread.current, content.current];
    if (box !== null && inner !== null && count > 0) showNewest(box, inner);
  }, [count]);

  return { thread, content };
}

function showNewest(box: HTMLElement, inner: HTMLElement): void {
  const question = [...inner.querySelectorAll<HTMLElement>('.question')].at(-1);
  const end = box.scrollHeight - box.clientHeight;
  const questionAt =
    question === undefined ? end : box.scrollTop + question.getBoundingClientRect().top - box.getBoundingClientRect().top - MARGIN_PX;
  box.scrollTop = Math.min(end, questionAt);
}
