import { createContext, use } from 'react';

import type { Figure, Source, Turn } from './turn';

/** What was pressed: a figure of a turn, or a cell that the answer does not count among its figures. */
export interface Pressed {
  turn: Turn;
  figure: Figure | null;
  source: Source | null;
  text: string;
}

export const FigureContext = createContext<(pressed: Pressed) => void>(() => undefined);

export function usePress(): (pressed: Pressed) => void {
  return use(FigureContext);
}
