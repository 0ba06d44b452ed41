import { queryOptions } from '@tanstack/react-query';

import { client, read } from './client';
import type { components } from './schema';

export type Budget = components['schemas']['Budget'];
export type NewBudget = components['schemas']['SetBudget'];

const PERIODS_BACK = 12;

export const budgetsQuery = queryOptions({
  queryKey: ['budgets'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/budgets', { signal }))).data,
});

/** Oldest first; the last one is the present period. */
export function budgetHistoryQuery(budgetId: string) {
  return queryOptions({
    queryKey: ['budgets', budgetId, 'history'],
    queryFn: async ({ signal }) =>
      (
        await read(
          client.GET('/v1/budgets/{budget_id}/history', {
            params: { path: { budget_id: budgetId }, query: { periods: PERIODS_BACK } },
            signal,
          }),
        )
      ).data,
  });
}

export function setBudget(budget: NewBudget): Promise<unknown> {
  return read(client.PUT('/v1/budgets', { body: budget }));
}

export function removeBudget(budgetId: string): Promise<unknown> {
  return read(client.DELETE('/v1/budgets/{budget_id}', { params: { path: { budget_id: budgetId } } }));
}
