import { expect, test } from 'vitest';

import type { Budget } from '../../api/budgets';
import { paceShare, periodWords, spentShare, standing } from './standing';

const BUDGET: Budget = {
  id: 'bud_1',
  category: 'Groceries',
  period: 'month',
  every_count: 1,
  anchor_on: '2001-01-01',
  limit_minor: 40000,
  rollover: true,
  carried_minor: 5000,
  available_minor: 45000,
  spent_minor: 31240,
  left_minor: 13760,
  over_minor: 0,
  projected_minor: 44600,
  over: false,
  on_track: true,
  alerts: [],
  start_on: '2026-11-01',
  end_on: '2026-11-30',
  currency: 'EUR',
};

test('what was carried over counts as available', () => {
  expect(spentShare({ ...BUDGET, spent_minor: 45000 })).toBe(1);
});

test('a budget with nothing left to spend is full, and refunds do not make it less than empty', () => {
  expect(spentShare({ ...BUDGET, available_minor: 0, spent_minor: 0 })).toBe(1);
  expect(spentShare({ ...BUDGET, spent_minor: -500 })).toBe(0);
});

test.each([
  ['2026-11-01', 1 / 30],
  ['2026-11-15', 0.5],
  ['2026-11-30', 1],
  ['2026-12-09', 1],
  ['2026-10-09', 0],
])('on %s the month has gone by %d', (today, share) => {
  expect(paceShare(BUDGET, today)).toBeCloseTo(share);
});

test('how it stands is said, and where it is heading when that is too far', () => {
  expect(standing(BUDGET)).toMatch(/^€137.60 left until .*Nov/);
  expect(standing({ ...BUDGET, on_track: false, projected_minor: 60000 })).toMatch(/heading for €600.00$/);
  expect(standing({ ...BUDGET, over: true, over_minor: 100, left_minor: -100 })).toMatch(/^€1.00 over/);
});

test.each([
  [{}, 'a month'],
  [{ period: 'week', every_count: 2 }, '2 weeks'],
  [{ period: 'payday' }, 'pay to pay'],
])('a period %j is spoken', (change, words) => {
  expect(periodWords({ ...BUDGET, ...change })).toBe(words);
});
