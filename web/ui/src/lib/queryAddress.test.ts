import { expect, test } from 'vitest';

import type { Query } from '../api/books';
import { addressOf, queryOf } from './queryAddress';

function there(query: Query): Query {
  return queryOf(new URL(addressOf(query), 'http://here').searchParams);
}

test('a query survives being an address', () => {
  const query: Query = {
    measure: 'transfers',
    statistic: 'list',
    include: { categories: ['Groceries', 'Eating & drinking'], accounts: ['acc_1'], text: ['tram'], weekdays: [6, 7] },
    exclude: { merchants: ['Lidl'] },
    period: { start_on: '2026-03-01', end_on: '2026-03-31' },
    amount_min_minor: 1000,
    amount_max_minor: 5000,
    direction: 'in',
  };
  expect(there(query)).toEqual(query);
});

test('every booking has the plain address', () => {
  expect(addressOf({ measure: 'movements', statistic: 'list' })).toBe('/transactions');
  expect(queryOf(new URLSearchParams())).toEqual({ measure: 'movements', statistic: 'list' });
});

test.each([
  'from=2026-03-01',
  'from=2026-03-31&to=2026-03-01',
  'measure=guesses',
  'min=1e3',
  'min=-4',
  'weekday=9',
  'direction=in',
  'kind=gold',
])('an address that makes no sense (%s) shows everything rather than nothing', (search) => {
  expect(queryOf(new URLSearchParams(search))).toEqual({ measure: 'movements', statistic: 'list' });
});
