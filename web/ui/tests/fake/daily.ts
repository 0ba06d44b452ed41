/** The double's answers about what is thought of the books: categories, rules, review, recurring payments, insights, goals, search. */
import type { FakeFact } from './books.ts';
import { json, problem } from './reply.ts';

type Handler = (request: Request, match: string[], url: URL) => Promise<Response> | Response;

const PAGE_END = { has_more: false, next_cursor: null };

export class DailyBooks {
  categories = ['Groceries', 'Leisure', 'Health'].map((name, index) => ({
    id: `cat_${index + 1}`,
    name,
    parent_id: null,
    kind: 'spending',
    depth: 1,
    fixed: false,
    in_tree: true,
    facts_count: 3,
  }));
  rules: object[] = [];
  review: object[] = [];
  recurring: object[] = [];
  insights: object[] = [];
  goals: object[] = [];
  facts: () => FakeFact[];
  seen: (method: string, path: string, body: unknown) => void;

  constructor(facts: () => FakeFact[], seen: (method: string, path: string, body: unknown) => void) {
    this.facts = facts;
    this.seen = seen;
  }

  readonly routes: [string, RegExp, Handler][] = [
    ['GET', /^\/v1\/categories$/, () => json({ data: this.categories })],
    ['GET', /^\/v1\/category-rules$/, () => json({ data: this.rules, ...PAGE_END })],
    ['POST', /^\/v1\/category-rules$/, (request) => this.makeRule(request)],
    ['GET', /^\/v1\/review$/, () => json({ data: this.review, ...PAGE_END })],
    ['PATCH', /^\/v1\/transactions\/([^/]+)$/, (request, [id]) => this.correct(request, id ?? '')],
    ['PATCH', /^\/v1\/transactions$/, (request) => this.correctMany(request)],
    ['GET', /^\/v1\/recurring$/, (_, __, url) => this.listRecurring(url)],
    ['PATCH', /^\/v1\/recurring\/([^/]+)$/, (request, [id]) => this.changeRecurring(request, id ?? '')],
    ['GET', /^\/v1\/insights$/, () => json({ currency: 'EUR', items: this.insights, count: this.insights.length })],
    ['GET', /^\/v1\/cash-flow$/, () => json(CASH_FLOW)],
    ['GET', /^\/v1\/goals$/, () => json({ data: this.goals })],
    ['POST', /^\/v1\/goals$/, (request) => this.makeGoal(request)],
    ['POST', /^\/v1\/search$/, (request) => this.search(request)],
  ];

  private async search(request: Request): Promise<Response> {
    const { text } = (await request.json()) as { text: string };
    this.seen('POST', '/v1/search', { text });
    const unread = text.includes('gibberish') ? ['gibberish'] : [];
    const words = text.split(' ').filter((word) => !unread.includes(word));
    return json({ query: { measure: 'movements', statistic: 'list', include: { text: words } }, chips: [], unread });
  }

  private async correct(request: Request, id: string): Promise<Response> {
    const body = (await request.json()) as { category?: string };
    this.seen('PATCH', `/v1/transactions/${id}`, body);
    const fact = this.facts().find((known) => known.id === id);
    if (fact === undefined) return problem(404, 'transaction_is_unknown', 'There is no such transaction.');
    Object.assign(fact, body, { category_source: 'customer' });
    this.review = this.review.filter((item) => (item as { transaction: FakeFact }).transaction.id !== id);
    const others = this.facts().filter(({ merchant, category }) => merchant === fact.merchant && category !== body.category).length;
    const rule = { match: { merchant: fact.merchant }, category: body.category, apply_to_past: true, facts_count: others };
    return json({ transaction: fact, offered_rule: body.category === undefined || others === 0 ? null : rule });
  }

  private async correctMany(request: Request): Promise<Response> {
    const { ids, category } = (await request.json()) as { ids: string[]; category: string };
    this.seen('PATCH', '/v1/transactions', { ids, category });
    const changed = this.facts().filter(({ id }) => ids.includes(id));
    for (const fact of changed) fact.category = category;
    return json({ data: changed, changed_count: changed.length });
  }

  private async makeRule(request: Request): Promise<Response> {
    const wish = (await request.json()) as { match: { merchant: string }; category: string };
    this.seen('POST', '/v1/category-rules', wish);
    const fitting = this.facts().filter(({ merchant, category }) => merchant === wish.match.merchant && category !== wish.category);
    for (const fact of fitting) fact.category = wish.category;
    const rule = { id: 'rul_1', account: null, position: 1, created_at: '2026-11-20T10:00:00Z', apply_to_past: true, ...wish };
    this.rules.push(rule);
    return json({ rule, changed_count: fitting.length }, 201);
  }

  private listRecurring(url: URL): Response {
    const hidden = url.searchParams.get('hidden') === 'true';
    const items = this.recurring.filter((item) => (item as { hidden: boolean }).hidden === hidden);
    return json({ currency: 'EUR', items, monthly_total_minor: 1299, yearly_total_minor: 15588 });
  }

  private async changeRecurring(request: Request, id: string): Promise<Response> {
    const change = (await request.json()) as object;
    this.seen('PATCH', `/v1/recurring/${id}`, change);
    this.recurring = this.recurring.map((item) => ((item as { id: string }).id === id ? { ...item, ...change } : item));
    return json({});
  }

  private async makeGoal(request: Request): Promise<Response> {
    const wish = (await request.json()) as object;
    this.seen('POST', '/v1/goals', wish);
    this.goals.push({ ...GOAL, ...wish });
    return json(this.goals.at(-1), 201);
  }
}

const GOAL = {
  id: 'gol_1',
  status: 'active',
  saved_minor: 0,
  left_minor: 300000,
  progress_ratio: 0,
  monthly_needed_minor: null,
  pace_minor: null,
  pace_months_count: 0,
  projected_on: null,
  on_track: null,
  account: null,
  account_id: null,
};

export const SUBSCRIPTION = {
  id: 'rec_1',
  merchant: 'Streamly',
  category: 'Leisure',
  kind: 'subscription',
  cadence: 'monthly',
  amount_minor: 1299,
  last_minor: 1299,
  last_on: '2026-11-04',
  first_on: '2025-11-04',
  next_on: '2026-12-04',
  monthly_minor: 1299,
  yearly_minor: 15588,
  status: 'active',
  facts_count: 13,
  account: 'Everyday account',
  account_id: 'acc_1',
  currency: 'EUR',
  hidden: false,
  transaction_ids: [],
  price_change: { before_minor: 999, after_minor: 1299, change_minor: 300, change_ratio: 0.3003, changed_on: '2026-10-04', rise: true },
};

const CASH_FLOW = {
  currency: 'EUR',
  balance_minor: 248617,
  savings_minor: null,
  unknown_accounts: [],
  from_on: '2026-11-21',
  until_on: '2026-11-27',
  days_count: 6,
  to_payday: true,
  next_income_on: '2026-11-28',
  next_income_minor: 285000,
  next_income_from: 'Employer Ltd',
  income_total_minor: 0,
  bills_total_minor: 1299,
  income_count: 0,
  bills_count: 1,
  expected_minor: 247318,
  lowest_minor: 247318,
  lowest_on: '2026-11-27',
  usual_spending_minor: 20000,
  usual_low_minor: 12000,
  usual_high_minor: 30000,
  forecast_minor: 227318,
  forecast_low_minor: 217318,
  forecast_high_minor: 235318,
  rows: [
    {
      on: '2026-11-21',
      due_on: '2026-11-21',
      label: 'Balance',
      kind: 'balance',
      amount_minor: 0,
      balance_minor: 248617,
      recurring_id: null,
    },
    {
      on: '2026-11-26',
      due_on: '2026-11-26',
      label: 'Streamly',
      kind: 'bill',
      amount_minor: -1299,
      balance_minor: 247318,
      recurring_id: 'rec_1',
    },
  ],
};
