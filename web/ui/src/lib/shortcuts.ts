/**
 * Keys that work anywhere on the page. Single letters can be switched off, since speech input types them by accident (WCAG 2.1.4);
 * none is heard while the reader types, or in a dialog.
 */
import { useEffect, useSyncExternalStore } from 'react';

export interface Shortcut {
  /** One key, or two pressed one after the other: "c", "g h". */
  keys: string;
  does: string;
  run: () => void;
}

const KEPT_AS = 'steward.shortcuts';
const SECOND_KEY_WITHIN_MS = 1200;
const listeners = new Set<() => void>();

export function useShortcutsOn(): boolean {
  return useSyncExternalStore(subscribe, areOn);
}

export function switchShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, 'off');
  for (const listener of listeners) listener();
}

export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const on = useShortcutsOn();
  useEffect(() => {
    if (!on) return;
    let first = '';
    let pressedAt = 0;
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const before = event.timeStamp - pressedAt < SECOND_KEY_WITHIN_MS ? first : '';
      first = event.key;
      pressedAt = event.timeStamp;
      const meant = shortcuts.find(({ keys }) => keys === `${before} ${event.key}`) ?? shortcuts.find(({ keys }) => keys === event.key);
      if (meant === undefined) return;
      event.preventDefault();
      first = '';
      meant.run();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [on, shortcuts]);
}

/** Whether a key belongs to what has the focus. */
function isTaken(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="combobox"], [role="listbox"]') !== null;
}

function areOn(): boolean {
  return localStorage.getItem(KEPT_AS) !== 'off';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
