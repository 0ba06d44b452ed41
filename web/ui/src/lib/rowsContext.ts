import { createContext, use } from 'react';

import type { Query } from '../api/books';

export interface Shown {
  title: string;
  /** The figure itself, as it was pressed. */
  text: string;
  query: Query;
}

export const RowsContext = createContext<(shown: Shown) => void>(() => undefined);

/** Opens the rows behind a figure. */
export function useShowRows(): (shown: Shown) => void {
  return use(RowsContext);
}
