/** A query as chips: each says one part of it in words, and knows the query without it. */
import type { Query, Subject } from '../../api/books';
import { formatDay, formatSpan, weekdayName } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { FIRST_DAY, LAST_DAY } from '../../lib/periods';

export interface Chip {
  key: string;
  label: string;
  without: Query;
}

const MEASURES: Record<string, string> = {
  spending: 'Spending',
  income: 'Income',
  net_cash_flow: 'Income and spending',
  savings_rate: 'Income and spending',
  refunds: 'Refunds',
  transfers: 'Own transfers',
  investments: 'Investments',
  money_in: 'Money in',
  money_out: 'Money out',
};
const KINDS: Record<string, string> = {
  checking: 'Current accounts',
  savings: 'Savings accounts',
  card: 'Credit cards',
  cash: 'Cash',
  brokerage: 'Brokerage',
};
const FIELDS = ['categories', 'merchants', 'accounts', 'account_kinds', 'text', 'weekdays'] as const;
type Field = (typeof FIELDS)[number];

export function chipsOf(query: Query, currency: string, accountNames: ReadonlyMap<string, string>): Chip[] {
  const chips: Chip[] = [];
  const { measure = 'movements', period, amount_min_minor: min, amount_max_minor: max, direction } = query;
  if (measure !== 'movements')
    chips.push({ key: 'measure', label: MEASURES[measure] ?? measure, without: without(query, 'measure', 'direction') });
  if (direction != null)
    chips.push({ key: 'direction', label: direction === 'in' ? 'Coming in' : 'Going out', without: without(query, 'direction') });
  if (period != null) {
    chips.push({ key: 'period', label: spanWords(period.start_on, period.end_on), without: without(query, 'period') });
  }
  for (const side of ['include', 'exclude'] as const) {
    for (const field of FIELDS) {
      for (const value of query[side]?.[field] ?? []) {
        const named = wording(field, value, accountNames);
        chips.push({
          key: `${side} ${field} ${value}`,
          label: side === 'exclude' ? `Not ${named}` : named,
          without: withoutValue(query, side, field, value),
        });
      }
    }
  }
  if (min != null && min === max) {
    chips.push({
      key: 'amount',
      label: `Exactly ${formatMoney(min, currency)}`,
      without: without(query, 'amount_min_minor', 'amount_max_minor'),
    });
    return chips;
  }
  if (min != null) chips.push({ key: 'min', label: `From ${formatMoney(min, currency)}`, without: without(query, 'amount_min_minor') });
  if (max != null) chips.push({ key: 'max', label: `Up to ${formatMoney(max, currency)}`, without: without(query, 'amount_max_minor') });
  return chips;
}

function spanWords(from: string, to: string): string {
  if (from === to) return formatDay(from);
  if (from === FIRST_DAY) return `Until ${formatDay(to)}`;
  return to === LAST_DAY ? `From ${formatDay(from)}` : formatSpan(from, to);
}

function wording(field: Field, value: string | number, accountNames: ReadonlyMap<string, string>): string {
  if (field === 'weekdays') return weekdayName(Number(value));
  if (field === 'text') return `“${value}”`;
  if (field === 'accounts') return accountNames.get(String(value)) ?? 'An account';
  return field === 'account_kinds' ? (KINDS[value] ?? String(value)) : String(value);
}

function without(query: Query, ...fields: (keyof Query)[]): Query {
  return Object.fromEntries(Object.entries(query).filter(([name]) => !(fields as string[]).includes(name)));
}

function withoutValue(query: Query, side: 'include' | 'exclude', field: Field, value: string | number): Query {
  const kept = ((query[side]?.[field] ?? []) as (string | number)[]).filter((other) => other !== value);
  return { ...query, [side]: { ...query[side], [field]: kept } as Subject };
}
