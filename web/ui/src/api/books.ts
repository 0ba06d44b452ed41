/** The typed query: the one question that can be asked of the books, and the rows behind its answer. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { client, read } from './client';
import type { components } from './schema';

export type FactRow = components['schemas']['Fact'];
export type Result = components['schemas']['Result'];
export type ResultRow = components['schemas']['Row'];
type Complete = components['schemas']['Query'];
type CompleteSubject = components['schemas']['Subject'];
export type Period = { start_on: string; end_on: string; label?: string };
export type Subject = Partial<CompleteSubject>;
/** As it is written: what is left out has the app's own default. */
export type Query = Partial<Omit<Complete, 'include' | 'exclude' | 'period' | 'compare_period' | 'compare_include'>> & {
  include?: Subject;
  exclude?: Subject;
  period?: Period | null;
  compare_period?: Period | null;
};

/** Everything that follows from bookings and what is thought of them; told stale when either changes. */
export const BOOKS = 'books';
const PAGE_ROWS = 200;

export function resultQuery(query: Query) {
  return queryOptions({
    queryKey: [BOOKS, 'result', query],
    queryFn: ({ signal }) => read(client.POST('/v1/query', { body: query as Complete, signal })),
  });
}

export function rowsQuery(query: Query) {
  return infiniteQueryOptions({
    queryKey: [BOOKS, 'rows', query],
    queryFn: ({ pageParam, signal }) =>
      read(
        client.POST('/v1/query/rows', {
          params: { query: { limit: PAGE_ROWS, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
          body: query as Complete,
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
  });
}
