import { expect, test } from 'vitest';

import { decimalString, formatMoney, parseMoney } from './money';

test.each([
  [178241, 'EUR', '€1,782.41'],
  [-5, 'EUR', '-€0.05'],
  [0, 'EUR', '€0.00'],
  [1500, 'JPY', '¥1,500'],
  [1234567, 'KWD', 'KWD 1,234.567'],
  [9007199254740991, 'GBP', '£90,071,992,547,409.91'],
])('%d minor units of %s read %s', (minor, currency, text) => {
  expect(formatMoney(minor, currency).replaceAll('\u00a0', ' ')).toBe(text);
});

test('no float and no unsafe integer is ever shown', () => {
  expect(() => decimalString(0.1, 2)).toThrow(RangeError);
  expect(() => decimalString(2 ** 53, 2)).toThrow(RangeError);
});

test.each([
  ['1234.56', 'EUR', 123456],
  ['1,234.56', 'EUR', 123456],
  ['1.234,56', 'EUR', 123456],
  ['12,5', 'EUR', 1250],
  ['-12', 'EUR', -1200],
  ['1,234', 'EUR', 123400],
  ['1 234.5', 'EUR', 123450],
  ['-0', 'EUR', 0],
  ['1500', 'JPY', 1500],
  ['1,234,567', 'EUR', 123456700],
  ['1.234.567,8', 'EUR', 123456780],
  ['5.', 'EUR', null],
  ['1.234', 'EUR', null],
  ['1,234', 'KWD', null],
  ['12.345', 'EUR', null],
  ['1,23,456', 'EUR', null],
  ['12 euros', 'EUR', null],
  ['', 'EUR', null],
  ['1.5', 'JPY', null],
  ['99999999999999999', 'EUR', null],
])('%j in %s is read as %s', (typed, currency, minor) => {
  expect(parseMoney(typed, currency)).toBe(minor);
});
