import { queryOptions } from '@tanstack/react-query';

import { client, read } from './client';
import type { components } from './schema';

export type Goal = components['schemas']['Goal'];
export type NewGoal = components['schemas']['NewGoal'];
export type GoalChange = components['schemas']['ChangedGoal'];

export const goalsQuery = queryOptions({
  queryKey: ['goals'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/goals', { signal }))).data,
});

export function makeGoal(goal: NewGoal): Promise<Goal> {
  return read(client.POST('/v1/goals', { body: goal }));
}

export function changeGoal(id: string, change: GoalChange): Promise<Goal> {
  return read(client.PATCH('/v1/goals/{goal_id}', { params: { path: { goal_id: id } }, body: change }));
}

export function contribute(id: string, amountMinor: number): Promise<Goal> {
  return read(client.POST('/v1/goals/{goal_id}/contributions', { params: { path: { goal_id: id } }, body: { amount_minor: amountMinor } }));
}
