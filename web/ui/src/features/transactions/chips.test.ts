import { expect, test } from 'vitest';

import type { Query } from '../../api/books';
import { chipsOf } from './chips';

const NAMES = new Map([['acc_1', 'Giro']]);

function labels(query: Query): string[] {
  return chipsOf(query, 'EUR', NAMES).map(({ label }) => label);
}

test('each part of a query is one chip in words', () => {
  expect(
    labels({
      measure: 'spending',
      include: { categories: ['Groceries', 'Health'], accounts: ['acc_1'], text: ['tram'], weekdays: [6] },
      exclude: { merchants: ['Lidl'] },
      period: { start_on: '2026-03-05', end_on: '2026-03-05' },
      amount_min_minor: 1000,
    }),
  ).toEqual(['Spending', expect.stringMatching(/5.*2026/), 'Groceries', 'Health', 'Giro', '“tram”', 'Sat', 'Not Lidl', 'From €10.00']);
});

test('one amount is one chip', () => {
  expect(labels({ amount_min_minor: 999, amount_max_minor: 999 })).toEqual(['Exactly €9.99']);
});

test('every booking has none', () => {
  expect(labels({ measure: 'movements', statistic: 'list' })).toEqual([]);
});

test('a chip taken away leaves the other parts', () => {
  const query: Query = { measure: 'money_in', include: { categories: ['Groceries', 'Health'] }, amount_max_minor: 5 };
  const chip = chipsOf(query, 'EUR', NAMES).find(({ label }) => label === 'Groceries');
  expect(chip?.without).toEqual({ ...query, include: { categories: ['Health'] } });
});
