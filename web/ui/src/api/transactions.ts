/** Movements as the customer corrects them. The ledger's own words never change; what is thought of them does. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { BOOKS } from './books';
import { client, read } from './client';
import type { components } from './schema';

export type Transaction = components['schemas']['Transaction'];
export type TransactionChange = components['schemas']['TransactionChange'];
export type OfferedRule = components['schemas']['OfferedRule'];
export type ToReview = components['schemas']['ToReview'];
export type CategoryRule = components['schemas']['CategoryRule'];
export type NewRule = components['schemas']['NewRule'];

const REVIEW_PAGE = 50;
const RULES_PAGE = 100;

export function changeTransaction(id: string, change: TransactionChange): Promise<components['schemas']['ChangedTransaction']> {
  return read(client.PATCH('/v1/transactions/{transaction_id}', { params: { path: { transaction_id: id } }, body: change }));
}

export function changeTransactions(ids: string[], category: string): Promise<components['schemas']['ChangedTransactions']> {
  return read(client.PATCH('/v1/transactions', { body: { ids, category } }));
}

export const reviewQuery = infiniteQueryOptions({
  queryKey: [BOOKS, 'review'],
  queryFn: ({ pageParam, signal }) =>
    read(
      client.GET('/v1/review', {
        params: { query: { limit: REVIEW_PAGE, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
});

export const rulesQuery = queryOptions({
  queryKey: [BOOKS, 'category-rules'],
  queryFn: ({ signal }) => read(client.GET('/v1/category-rules', { params: { query: { limit: RULES_PAGE } }, signal })),
});

export function makeRule({ match, category, apply_to_past }: NewRule): Promise<components['schemas']['MadeRule']> {
  return read(client.POST('/v1/category-rules', { body: { match, category, apply_to_past } }));
}

export function removeRule(id: string): Promise<unknown> {
  return read(client.DELETE('/v1/category-rules/{rule_id}', { params: { path: { rule_id: id } } }));
}
