/** A typed query as the search part of an address, so that what is looked at can be kept, shared and gone back to. */
import type { Query, Subject } from '../api/books';

type ListField = 'categories' | 'merchants' | 'accounts' | 'account_kinds' | 'text' | 'weekdays';

const LISTS: readonly (readonly [ListField, string])[] = [
  ['categories', 'category'],
  ['merchants', 'merchant'],
  ['accounts', 'account'],
  ['account_kinds', 'kind'],
  ['text', 'word'],
  ['weekdays', 'weekday'],
];
const MEASURES = ['spending', 'income', 'net_cash_flow', 'refunds', 'transfers', 'investments', 'money_in', 'money_out'] as const;
const KINDS = ['checking', 'savings', 'card', 'cash', 'brokerage'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Only what picks rows out: how they would be summed, grouped and ordered is left behind. */
export function addressOf(query: Query): string {
  const search = new URLSearchParams();
  if (query.measure !== undefined && query.measure !== 'movements') search.set('measure', query.measure);
  for (const [field, name] of LISTS) {
    for (const value of query.include?.[field] ?? []) search.append(name, String(value));
    for (const value of query.exclude?.[field] ?? []) search.append(`not-${name}`, String(value));
  }
  if (query.period != null) {
    search.set('from', query.period.start_on);
    search.set('to', query.period.end_on);
  }
  if (query.amount_min_minor != null) search.set('min', String(query.amount_min_minor));
  if (query.amount_max_minor != null) search.set('max', String(query.amount_max_minor));
  if (query.direction != null) search.set('direction', query.direction);
  const text = search.toString();
  return text === '' ? '/transactions' : `/transactions?${text}`;
}

/** What cannot be read is left out rather than refused: an address may be old, or typed by hand. */
export function queryOf(search: URLSearchParams): Query {
  const query: Query = { measure: MEASURES.find((measure) => measure === search.get('measure')) ?? 'movements', statistic: 'list' };
  const include = subjectOf(search, '');
  const exclude = subjectOf(search, 'not-');
  if (Object.keys(include).length > 0) query.include = include;
  if (Object.keys(exclude).length > 0) query.exclude = exclude;
  const [from, to] = [search.get('from') ?? '', search.get('to') ?? ''];
  if (DAY.test(from) && DAY.test(to) && from <= to) query.period = { start_on: from, end_on: to };
  const [min, max] = [minorOf(search.get('min')), minorOf(search.get('max'))];
  if (min !== null) query.amount_min_minor = min;
  if (max !== null && (min === null || min <= max)) query.amount_max_minor = max;
  const direction = search.get('direction');
  if (query.measure === 'transfers' && (direction === 'in' || direction === 'out')) query.direction = direction;
  return query;
}

function subjectOf(search: URLSearchParams, prefix: string): Subject {
  const all = (name: string) => search.getAll(prefix + name).filter((value) => value !== '');
  const subject: Subject = {
    categories: all('category'),
    merchants: all('merchant'),
    accounts: all('account'),
    account_kinds: KINDS.filter((kind) => all('kind').includes(kind)),
    text: all('word'),
    weekdays: [1, 2, 3, 4, 5, 6, 7].filter((day) => all('weekday').includes(String(day))),
  };
  return Object.fromEntries(Object.entries(subject).filter(([, values]) => values.length > 0));
}

function minorOf(text: string | null): number | null {
  const minor = text === null || !/^\d{1,15}$/.test(text) ? null : Number(text);
  return minor !== null && Number.isSafeInteger(minor) ? minor : null;
}
