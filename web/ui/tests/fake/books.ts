/** The double's bookings, and the typed query over them as far as the page asks it. */
import { json } from './reply.ts';

export interface FakeFact {
  id: string;
  booked_on: string;
  merchant: string;
  description: string;
  category: string;
  account: string;
  account_id: string;
  flow: string;
  amount_minor: number;
  magnitude_minor: number;
  category_source: string;
  category_confidence: number | null;
  note: string | null;
}

interface FakeQuery {
  measure?: string;
  group_by?: string | null;
  include?: { categories?: string[]; text?: string[] };
  period?: { start_on: string; end_on: string } | null;
}

const PAGE_ROWS = 20;
const MERCHANTS = ['Corner Grocer', 'Green Market', 'Tram Pass', 'Books & Co', 'Noodle Bar'];

export const FACTS: FakeFact[] = Array.from({ length: 27 }, (_, index) => ({
  id: `txn_${index}`,
  booked_on: `2026-10-${String(28 - index).padStart(2, '0')}`,
  merchant: MERCHANTS[index % MERCHANTS.length] ?? '',
  description: `CARD PAYMENT ${MERCHANTS[index % MERCHANTS.length]?.toUpperCase() ?? ''} 0${index}`,
  category: index % 2 === 0 ? 'Groceries' : 'Leisure',
  account: 'Everyday account',
  account_id: 'acc_1',
  flow: 'spending',
  amount_minor: -(1015 + index * 37),
  magnitude_minor: 1015 + index * 37,
  category_source: 'table',
  category_confidence: null,
  note: null,
}));

export function pageOf(all: unknown[], url: URL, size = PAGE_ROWS): Response {
  const from = Number(url.searchParams.get('cursor') ?? '0');
  const more = from + size < all.length;
  return json({ data: all.slice(from, from + size), has_more: more, next_cursor: more ? String(from + size) : null });
}

export async function rowsOf(facts: FakeFact[], request: Request, url: URL, size: number): Promise<Response> {
  return pageOf(matching(facts, (await request.json()) as FakeQuery), url, size);
}

function matching(facts: FakeFact[], { include, period }: FakeQuery): FakeFact[] {
  return facts.filter(
    ({ category, description, merchant, booked_on: on }) =>
      (include?.categories === undefined || include.categories.length === 0 || include.categories.includes(category)) &&
      (include?.text ?? []).every((word) => `${description} ${merchant}`.toLowerCase().includes(word.toLowerCase())) &&
      (period == null || (on >= period.start_on && on <= period.end_on)),
  );
}

export async function resultOf(facts: FakeFact[], request: Request): Promise<Response> {
  const query = (await request.json()) as FakeQuery;
  const found = matching(facts, query);
  const groups = [...new Set(found.map(({ category }) => category))];
  const rows = groups.map((key) => ({ key, label: key, ...sum(found.filter(({ category }) => category === key)), owed: false }));
  return json({
    measure: query.measure ?? 'spending',
    statistic: 'total',
    currency: 'EUR',
    ...(query.measure === 'net_worth' ? { amount_minor: 1494434, count: 3 } : sum(found)),
    rows: query.group_by === 'category' ? rows : [],
    transactions: [],
    owed: false,
    notes: [],
  });
}

function sum(facts: FakeFact[]): { amount_minor: number; count: number } {
  return { amount_minor: facts.reduce((total, { amount_minor: amount }) => total + amount, 0), count: facts.length };
}
