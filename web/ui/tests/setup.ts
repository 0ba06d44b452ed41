import '@testing-library/jest-dom/vitest';

import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// What jsdom does not have and the components ask for: media queries, sizes, notifications, scrolling.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: window.innerWidth >= Number(/min-width: (\d+)px/.exec(query)?.[1] ?? Infinity),
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  addListener: () => undefined,
  removeListener: () => undefined,
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {
      return undefined;
    }
    unobserve() {
      return undefined;
    }
    disconnect() {
      return undefined;
    }
  },
);
vi.stubGlobal('Notification', () => undefined);
Element.prototype.scrollIntoView = () => undefined;
const computed = window.getComputedStyle.bind(window);
vi.stubGlobal('getComputedStyle', (element: Element) => computed(element));
// The component library writes its styles at run time; jsdom would match each of their rules for every look at the page.
Object.defineProperty(HTMLStyleElement.prototype, 'innerHTML', { set: () => undefined });

// A page's code comes with the first visit to it.
configure({ asyncUtilTimeout: 8_000 });

afterEach(() => {
  cleanup();
  localStorage.clear();
});
