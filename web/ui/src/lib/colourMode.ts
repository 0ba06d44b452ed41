/** Light or dark: the system's wish unless the reader chose otherwise here. */
import { useSyncExternalStore } from 'react';

export type ColourMode = 'light' | 'dark';

const KEPT_AS = 'steward.colour-mode';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function useColourMode(): ColourMode {
  return useSyncExternalStore(subscribe, colourMode);
}

export function chooseColourMode(mode: ColourMode): void {
  localStorage.setItem(KEPT_AS, mode);
  applyColourMode();
  for (const listener of listeners) listener();
}

/** Called before the first paint, so that no page flashes white. */
export function applyColourMode(): void {
  document.documentElement.dataset['theme'] = colourMode();
}

function colourMode(): ColourMode {
  const chosen = localStorage.getItem(KEPT_AS);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemDark.matches ? 'dark' : 'light';
}

function subscribe(listener: () => void): () => void {
  const systemChanged = () => {
    applyColourMode();
    listener();
  };
  listeners.add(listener);
  systemDark.addEventListener('change', systemChanged);
  return () => {
    listeners.delete(listener);
    systemDark.removeEventListener('change', systemChanged);
  };
}
