import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { Failure } from './Failure';
import { Resting } from './Resting';

interface Props<T> {
  query: UseQueryResult<T>;
  /** What is fetched, as in "Your budgets". */
  what: string;
  lines?: number;
  isEmpty?: (fetched: T) => boolean;
  empty?: ReactNode;
  children: (fetched: T) => ReactNode;
}

/** What was asked of the app, or the state it is in: on its way, failed, empty. */
export function Fetched<T>({ query, what, lines = 3, isEmpty, empty, children }: Props<T>) {
  if (query.data !== undefined) return isEmpty?.(query.data) === true ? empty : children(query.data);
  if (query.isError) return <Failure what={`${what} could not be fetched.`} error={query.error} onRetry={() => void query.refetch()} />;
  return <Resting lines={lines} label={`Fetching: ${what}`} />;
}
