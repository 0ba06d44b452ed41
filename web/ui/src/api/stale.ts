import type { QueryClient } from '@tanstack/react-query';

/** What was said stays said; a file that is being read is read already. */
const UNMOVED = new Set<unknown>(['conversation', 'conversations', 'import-preview']);

/** Bookings changed, or what is thought of them: whatever was worked out from them is fetched again. */
export function booksChanged(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => !UNMOVED.has(queryKey[0]) });
}
