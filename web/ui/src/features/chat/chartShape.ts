/** What a chart block becomes before it is drawn: rows by x, and labels for its axes. Amounts stay integers of minor units. */
import { formatDayShort } from '../../lib/dates';
import { formatMoneyShort } from '../../lib/money';
import { formatCount } from '../../lib/words';
import type { Series } from './turn';

export interface DrawnRow {
  x: string;
  /** By series: what is drawn, and for a waterfall the invisible step below it. */
  values: (number | null)[];
  base: number;
}

const LONG_LABEL_CHARS = 9;

export function rowsByX(series: readonly Series[]): DrawnRow[] {
  const order = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))];
  return order.map((x) => ({ x, base: 0, values: series.map(({ points }) => points.find((point) => point.x === x)?.y ?? null) }));
}

/** Each step stands on the running total before it; a fall hangs from it. */
export function waterfallRows(series: Series): DrawnRow[] {
  let total = 0;
  return series.points.map(({ x, y }) => {
    const before = total;
    total += y;
    return { x, base: Math.min(before, total), values: [Math.abs(y)] };
  });
}

/** Names that are too long to stand under upright bars read better beside lying ones. */
export function liesDown(rows: readonly DrawnRow[]): boolean {
  return rows.length > 2 && rows.some(({ x }) => x.length > LONG_LABEL_CHARS && !isDay(x) && !/\d{4}/.test(x));
}

export function axisLabel(unit: string): (value: number) => string {
  if (/^[A-Z]{3}$/.test(unit)) return (value) => formatMoneyShort(Math.round(value), unit);
  if (unit === 'ratio' || unit === '%' || unit === 'percent') return (value) => `${Math.round(value * (unit === 'ratio' ? 100 : 1))} %`;
  return formatCount;
}

export function tickLabel(x: string): string {
  return isDay(x) ? formatDayShort(x) : x;
}

function isDay(x: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(x);
}
