import { expect, test } from 'vitest';

import { visibleRange } from './useVisibleRange';

const OFFSETS = [0, 40, 100, 160, 200, 260]; // five lines and their end

test.each([
  [-700, 50, [0, 2]],
  [0, 0, [0, 1]],
  [45, 99, [1, 2]],
  [100, 160, [2, 4]],
  [190, 9999, [3, 5]],
  [9000, 9999, [5, 5]],
])('from %d to %d the lines %j are seen', (top, bottom, range) => {
  expect(visibleRange(OFFSETS, top, bottom)).toEqual(range);
});

test('of no lines none are seen', () => {
  expect(visibleRange([0], 0, 900)).toEqual([0, 0]);
});

test('of a hundred thousand lines few are drawn, wherever one looks', () => {
  const offsets = Array.from({ length: 100_001 }, (_, line) => line * 60);
  const [first, after] = visibleRange(offsets, 3_000_000, 3_000_900);
  expect([first, after]).toEqual([50_000, 50_016]);
});
