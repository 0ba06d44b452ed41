import { expect, test } from 'vitest';

import { bindFigures } from './bindFigures';
import { bindTurn } from './bindTurn';
import { readTurn } from './readTurn';
import type { Figure } from './turn';

function figure(id: string, text: string): Figure {
  return { id, text, value: 0, unit: 'EUR', kind: 'money', source: null };
}

function bound(text: string, ...figures: Figure[]): string {
  return bindFigures(text, figures)
    .map((span) => (span.figure === null ? span.text : `[${span.figure.id}|${span.text}]`))
    .join('');
}

test('two figures that read alike take their occurrences in order', () => {
  expect(bound('€5.00 here, €5.00 there', figure('f1', '€5.00'), figure('f2', '€5.00'))).toBe('[f1|€5.00] here, [f2|€5.00] there');
});

test('a figure that is said twice is bound twice', () => {
  expect(bound('€5.00, yes €5.00', figure('f1', '€5.00'))).toBe('[f1|€5.00], yes [f1|€5.00]');
});

test('a number is never bound inside a longer one', () => {
  expect(bound('112 and 12.50 and 12', figure('f1', '12'))).toBe('112 and 12.50 and [f1|12]');
});

test('a figure that comes late in the list and early in the text is found', () => {
  expect(bound('9 of 10', figure('f1', '10'), figure('f2', '9'))).toBe('[f2|9] of [f1|10]');
});

test('a figure that the text does not hold leaves the text alone', () => {
  expect(bound('nothing here', figure('f1', '€5.00'))).toBe('nothing here');
});

test("an item prefers its own figure to a table's that reads alike", () => {
  const cell = { tool_call: 0, path: '/rows/0/amount_minor' };
  const turn = readTurn({
    id: 't',
    answer: '',
    blocks: [
      { type: 'table', columns: [{ key: 'a', label: 'A', kind: 'money' }], rows: [{ a: { value: 500, text: '€5.00', source: cell } }] },
      { type: 'list', items: ['Rent €5.00'] },
    ],
    figures: [
      { id: 'f1', text: '€5.00', value: 500, unit: 'EUR', kind: 'money', source: cell },
      { id: 'f2', text: '€5.00', value: 500, unit: 'EUR', kind: 'money', source: { tool_call: 1, path: '/amount_minor' } },
    ],
  });
  const items = bindTurn(turn).find((block) => block.type === 'items');
  expect(items?.items[0]?.[1]?.figure?.id).toBe('f2');
});

test('blocks that this page does not know are left out', () => {
  expect(readTurn({ blocks: [{ type: 'hologram' }, { type: 'list', items: ['a'] }] }).blocks).toEqual([{ type: 'list', items: ['a'] }]);
});

test('an address that is no web address is no link', () => {
  expect(readTurn({ citations: [{ title: 'Tariff', url: 'javascript:alert(1)' }] }).citations[0]?.url).toBe('');
});
