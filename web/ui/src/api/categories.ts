import { queryOptions } from '@tanstack/react-query';

import { BOOKS } from './books';
import { client, read } from './client';
import type { components } from './schema';

export type Category = components['schemas']['Category'];
export type CategoryChange = components['schemas']['CategoryChange'];
export type NewCategory = components['schemas']['NewCategory'];

/** Each category is followed by those under it. */
export const categoriesQuery = queryOptions({
  queryKey: [BOOKS, 'categories'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/categories', { signal }))).data,
});

export function makeCategory(category: NewCategory): Promise<Category> {
  return read(client.POST('/v1/categories', { body: category }));
}

export function changeCategory(id: string, change: CategoryChange): Promise<Category> {
  return read(client.PATCH('/v1/categories/{category_id}', { params: { path: { category_id: id } }, body: change }));
}

/** Its bookings, rules and budgets pass to `into`, another category's id. */
export function removeCategory(id: string, into: string): Promise<unknown> {
  return read(client.DELETE('/v1/categories/{category_id}', { params: { path: { category_id: id }, query: { into } } }));
}
