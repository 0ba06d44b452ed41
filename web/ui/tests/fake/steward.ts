/** A double of the app that speaks its protocol over `fetch`: state in memory, problems as problem+json, answers as event streams. */
import { DailyBooks } from './daily.ts';
import { FACTS, type FakeFact, pageOf, resultOf, rowsOf } from './books.ts';
import { type FakeProposal, proposalRoutes } from './proposals.ts';
import { events, json, problem, turnEvents } from './reply.ts';
import { turnFor } from './turns.ts';

interface Account {
  id: string;
  name: string;
  kind: string;
  currency: string;
  mirrored: true;
  balance: { amount_minor: number; currency: string } | null;
  owed: boolean;
  facts_count: number;
  first_on: string | null;
  last_on: string | null;
}

type Handler = (request: Request, match: string[], url: URL) => Promise<Response> | Response;

const CUSTOMER = { id: 'cus_1', name: 'Ada Keller', email: 'ada@example.org', timezone: 'Europe/Berlin', currency: 'EUR' };

export class FakeSteward {
  signedIn = false;
  pauseMs: number | undefined;
  accounts: Account[] = [];
  /** What the app says of a file beyond the usual, and the accounts of it that an import leaves out. */
  previewed: Record<string, unknown> = {};
  others: { label: string; kind: string | null; currency: string | null; rows_count: number }[] = [];
  imports: {
    id: string;
    account_id: string;
    account_name: string;
    file_name: string;
    rejected_count: number;
    imported: number;
    duplicates: number;
    created_at: string;
    undone_at: string | null;
  }[] = [];
  budgets: object[] = [];
  proposal: FakeProposal = { status: 'proposed', outcome: null };
  stepUpNeeded = false;
  facts: FakeFact[] = FACTS.map((fact) => ({ ...fact }));
  pageRows = 20;
  daily = new DailyBooks(
    () => this.facts,
    (method, path, body) => this.seen.push({ method, path, body }),
  );
  turns = new Map<string, object[]>();
  seen: { method: string; path: string; body: unknown }[] = [];
  /** Answers that come before the real ones: once each, by "METHOD /path". */
  overrides = new Map<string, (() => Promise<Response> | Response)[]>();

  private readonly routes: [string, RegExp, Handler][] = [
    ['POST', /^\/v1\/auth\/sign-in$/, (request) => this.signIn(request)],
    ['POST', /^\/v1\/auth\/refresh$/, () => (this.signedIn ? this.granted() : problem(401, 'session_is_missing', 'Sign in first.'))],
    ['POST', /^\/v1\/auth\/sign-out$/, () => this.signOut()],
    ['GET', /^\/v1\/accounts$/, () => json({ data: this.accounts })],
    ['POST', /^\/v1\/accounts\/([^/]+)\/opening-balance$/, (request, [id]) => this.tellBalance(request, id)],
    ['POST', /^\/v1\/imports\/preview$/, (request) => this.preview(request)],
    ['POST', /^\/v1\/imports$/, (request) => this.importFile(request)],
    ['GET', /^\/v1\/imports$/, () => json({ data: this.imports, has_more: false, next_cursor: null })],
    ['DELETE', /^\/v1\/imports\/([^/]+)$/, (_, [id]) => this.undo(id)],
    ['POST', /^\/v1\/query$/, (request) => resultOf(this.facts, request)],
    ['POST', /^\/v1\/query\/rows$/, (request, _, url) => rowsOf(this.facts, request, url, this.pageRows)],
    ['GET', /^\/v1\/budgets$/, () => json({ data: this.budgets })],
    ...proposalRoutes(this),
    ['PUT', /^\/v1\/budgets$/, async (request) => json(await this.note(request))],
    ['POST', /^\/v1\/conversations$/, () => this.startConversation()],
    [
      'GET',
      /^\/v1\/conversations$/,
      () =>
        json({
          data: [...this.turns.keys()].map((id) => ({ id, created_at: '2026-11-20T09:30:00Z', opening: 'What did I spend last month?' })),
          has_more: false,
          next_cursor: null,
        }),
    ],
    ['GET', /^\/v1\/conversations\/([^/]+)$/, (_, [id]) => this.conversation(id)],
    ['POST', /^\/v1\/conversations\/([^/]+)\/turns$/, (request, [id]) => this.ask(request, id)],
    ['GET', /^\/v1\/conversations\/[^/]+\/turns\/[^/]+\/figures\/([^/]+)\/rows$/, (_, __, url) => pageOf(FACTS, url)],
  ];

  /** Stands in for `fetch`. */
  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const url = new URL(request.url);
    const prepared = this.overrides.get(`${request.method} ${url.pathname}`)?.shift();
    if (prepared !== undefined) return prepared();
    if (!url.pathname.startsWith('/v1/auth/') && request.headers.get('Authorization') !== 'Bearer token')
      return problem(401, 'token_is_missing', 'Sign in first.');
    for (const [method, path, handler] of [...this.routes, ...this.daily.routes]) {
      const match = path.exec(url.pathname);
      if (request.method === method && match !== null) return handler(request, match.slice(1), url);
    }
    return problem(404, 'route_is_unknown', 'There is nothing here.');
  };

  instead(route: string, ...answers: (() => Promise<Response> | Response)[]): void {
    this.overrides.set(route, answers);
  }

  private granted(): Response {
    this.signedIn = true;
    return json({ access_token: 'token', token_type: 'Bearer', expires_in: 900, customer: CUSTOMER });
  }

  private async signIn(request: Request): Promise<Response> {
    const { password } = (await request.json()) as { password: string };
    return password === 'correct horse' ? this.granted() : problem(401, 'credentials_are_wrong', 'The email or the password is wrong.');
  }

  private signOut(): Response {
    this.signedIn = false;
    return new Response(null, { status: 204 });
  }

  private async tellBalance(request: Request, id = ''): Promise<Response> {
    const { balance_minor: minor } = await this.note<{ balance_minor: number }>(request);
    const account = this.accounts.find((known) => known.id === id);
    if (account === undefined) return problem(404, 'account_is_unknown', 'There is no such account.');
    account.balance = { amount_minor: account.owed ? -minor : minor, currency: account.currency };
    return json(account);
  }

  /** Its dates are ambiguous, and nothing of it is read, until the mapping says how they are written. */
  private async preview(request: Request): Promise<Response> {
    const form = await request.formData();
    this.seen.push({ method: 'POST', path: '/v1/imports/preview', body: Object.fromEntries(form) });
    const mapping = JSON.parse((form.get('mapping') as string | null) ?? '{}') as { date_format?: string };
    return json({ ...previewOf(mapping.date_format, form.has('account_name') ? 1 : 0), ...this.previewed });
  }

  private async importFile(request: Request): Promise<Response> {
    const form = Object.fromEntries(await request.formData()) as Record<string, string>;
    this.seen.push({ method: 'POST', path: '/v1/imports', body: form });
    const kind = form['account_kind'] ?? 'checking';
    const id = `acc_${this.accounts.length + 1}`;
    this.accounts.push({
      id,
      name: form['account_name'] ?? '',
      kind,
      currency: 'EUR',
      mirrored: true,
      balance: null,
      owed: kind === 'card',
      facts_count: 3,
      first_on: '2026-04-03',
      last_on: '2026-05-11',
    });
    const record = {
      id: `imp_${this.imports.length + 1}`,
      account_id: id,
      account_name: form['account_name'] ?? '',
      file_name: 'bank.csv',
      rejected_count: 1,
      imported: 3,
      duplicates: 0,
      created_at: '2026-11-21T10:00:00Z',
      undone_at: null,
    };
    this.imports.unshift(record);
    return json({ id: record.id, account_id: id, imported: 3, duplicates: 0, rejected: REJECTED, questions: [], others: this.others }, 201);
  }

  private undo(id = ''): Response {
    const record = this.imports.find((known) => known.id === id);
    if (record === undefined) return problem(404, 'import_is_unknown', 'There is no such import.');
    record.undone_at = '2026-11-21T11:00:00Z';
    return json({ id, undone: record.imported });
  }

  private startConversation(): Response {
    const id = `cnv_${this.turns.size + 1}`;
    this.turns.set(id, []);
    return json({ id, created_at: '2026-11-21T10:00:00Z' }, 201);
  }

  private conversation(id = ''): Response {
    const turns = this.turns.get(id);
    return turns === undefined
      ? problem(404, 'conversation_is_unknown', 'There is no such conversation.')
      : json({ id, created_at: '2026-11-21T10:00:00Z', turns });
  }

  private async ask(request: Request, id = ''): Promise<Response> {
    const { text } = await this.note<{ text: string }>(request);
    const turns = this.turns.get(id) ?? [];
    const turn = turnFor(text, `trn_${turns.length + 1}`);
    this.turns.set(id, [...turns, turn]);
    return events(turnEvents(turn), { signal: request.signal, ...(this.pauseMs === undefined ? {} : { pauseMs: this.pauseMs }) });
  }

  private async note<T>(request: Request): Promise<T> {
    const body: unknown = await request.json();
    this.seen.push({ method: request.method, path: new URL(request.url).pathname, body });
    return body as T;
  }
}

const REJECTED = [{ line: 5, field: 'amount', reason: 'The amount is not a number.', raw: '12/05/2026;REFUND;n/a' }];

function previewOf(dateFormat: string | undefined, duplicates: number) {
  const dates = dateFormat === '%m/%d/%Y' ? ['2026-03-04', '2026-04-04', '2026-11-05'] : ['2026-04-03', '2026-04-04', '2026-05-11'];
  const question = {
    code: 'date_order_is_ambiguous',
    field: 'date_format',
    message: 'Is 03/04/2026 the 3rd of April or the 4th of March?',
    choices: [
      { label: '3 April 2026 (day first)', mapping_patch: { date_format: '%d/%m/%Y' } },
      { label: '4 March 2026 (month first)', mapping_patch: { date_format: '%m/%d/%Y' } },
    ],
  };
  const rows = [
    { line: 2, booked_on: dates[0], amount_minor: -2350, description: 'CORNER GROCER 0412', category: 'Groceries' },
    { line: 3, booked_on: dates[1], amount_minor: 285000, description: 'SALARY APRIL', category: null },
    { line: 4, booked_on: dates[2], amount_minor: -980, description: 'TRAM PASS', category: 'Transport' },
  ];
  return {
    format: 'csv',
    account: null,
    others: [],
    columns: ['Date', 'Text', 'Amount', 'Type'],
    guess: { date: 'Date', amount: 'Amount', description: ['Text'], date_format: dateFormat ?? null, decimal: '.' },
    questions: dateFormat === undefined ? [question] : [],
    rows: dateFormat === undefined ? [] : rows,
    rows_count: dateFormat === undefined ? 0 : 3,
    rejected: dateFormat === undefined ? [] : REJECTED,
    duplicates,
    first_on: dateFormat === undefined ? null : dates[0],
    last_on: dateFormat === undefined ? null : dates[2],
    closing_balance_minor: null,
  };
}
