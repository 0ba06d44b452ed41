/** Where the reader is: a real address that the browser keeps, so that back, forward, reload and bookmarks do what they should. */
import { type MouseEvent, useMemo, useSyncExternalStore } from 'react';

export interface Address {
  path: string;
  search: URLSearchParams;
}

const MOVED = 'steward-moved';

export function useAddress(): Address {
  const here = useSyncExternalStore(subscribe, current);
  return useMemo(() => {
    const url = new URL(here, window.location.origin);
    return { path: url.pathname, search: url.searchParams };
  }, [here]);
}

export function go(to: string, options: { replace?: boolean } = {}): void {
  if (to === current()) return;
  if (options.replace === true) window.history.replaceState(null, '', to);
  else window.history.pushState(null, '', to);
  window.dispatchEvent(new Event(MOVED));
}

/** For links: a plain press stays in the page, any other (new tab, new window) is the browser's. */
export function followInPage(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { pathname, search } = new URL(event.currentTarget.href);
  go(pathname + search);
}

function current(): string {
  return window.location.pathname + window.location.search;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}
