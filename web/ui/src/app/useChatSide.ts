import { useCallback, useState } from 'react';

import { go } from '../lib/address';
import { focusById } from '../lib/focus';
import { useWide } from '../lib/useWide';

/** The page itself, for what goes past everything around it. */
export const CONTENT_ID = 'content';
const KEPT_AS = 'steward.chat';
const OPEN_UNASKED_FROM_PX = 1400;
const BESIDE_FROM_PX = 1180;
const PHONE_BELOW_PX = 861;

/**
 * Whether the chat is shown, and where. The choice is kept between visits; before the first one it is open where there is ample room.
 * Where it covers the page it opens only when asked, and on a phone a change of page puts it away.
 */
export function useChatSide(path: string, isPage: boolean) {
  const ample = useWide(OPEN_UNASKED_FROM_PX);
  const beside = useWide(BESIDE_FROM_PX);
  const phone = !useWide(PHONE_BELOW_PX);
  const [chosen, choose] = useState(() => localStorage.getItem(KEPT_AS));
  const [over, setOver] = useState(false);
  const [focusCount, setFocusCount] = useState(0);
  const [lastPath, setLastPath] = useState(path);
  if (path !== lastPath) {
    setLastPath(path);
    if (phone || isPage) setOver(false);
  }
  const open = beside ? (chosen === null ? ample : chosen === 'open') : over;
  const shown = isPage ? 'page' : open ? 'panel' : 'hidden';
  const [mounted, setMounted] = useState(shown !== 'hidden');
  if (shown !== 'hidden' && !mounted) setMounted(true);

  const keep = useCallback((choice: 'open' | 'closed') => {
    localStorage.setItem(KEPT_AS, choice);
    choose(choice);
    setOver(choice === 'open');
  }, []);
  const show = useCallback(() => {
    if (!isPage) keep('open');
    setFocusCount((count) => count + 1);
  }, [isPage, keep]);
  const close = useCallback(() => {
    keep('closed');
    focusById(CONTENT_ID);
  }, [keep]);
  const toggle = useCallback(() => {
    if (isPage) go('/');
    else if (shown === 'hidden') show();
    else close();
  }, [isPage, shown, show, close]);
  return { shown, mounted, focusCount, show, close, toggle } as const;
}
