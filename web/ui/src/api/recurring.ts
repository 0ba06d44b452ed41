import { queryOptions } from '@tanstack/react-query';

import { BOOKS } from './books';
import { client, read } from './client';
import type { components } from './schema';

export type Recurring = components['schemas']['RecurringCell'];
export type RecurringChange = components['schemas']['ChangeRecurring'];
export type CashFlow = components['schemas']['CashFlow'];
export type CashFlowRow = components['schemas']['CashFlowRow'];
export type Insight = components['schemas']['InsightCell'];

const INSIGHTS_MOST = 6;

export const recurringQuery = queryOptions({
  queryKey: [BOOKS, 'recurring'],
  queryFn: ({ signal }) => read(client.GET('/v1/recurring', { signal })),
});

/** What the customer said does not recur. */
export const hiddenRecurringQuery = queryOptions({
  queryKey: [BOOKS, 'recurring', 'hidden'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/recurring', { params: { query: { hidden: true } }, signal }))).items,
});

export function changeRecurring(id: string, change: RecurringChange): Promise<unknown> {
  return read(client.PATCH('/v1/recurring/{recurring_id}', { params: { path: { recurring_id: id } }, body: change }));
}

/** `until`: "payday", "month_end" or a day. */
export function cashFlowQuery(until: string) {
  return queryOptions({
    queryKey: [BOOKS, 'cash-flow', until],
    queryFn: ({ signal }) => read(client.GET('/v1/cash-flow', { params: { query: { until } }, signal })),
  });
}

export const insightsQuery = queryOptions({
  queryKey: [BOOKS, 'insights'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/insights', { params: { query: { limit: INSIGHTS_MOST } }, signal }))).items,
});

export function dismissInsight(id: string): Promise<unknown> {
  return read(client.POST('/v1/insights/{insight_id}/dismiss', { params: { path: { insight_id: id } } }));
}
