import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

import type { Connect, Plugin } from 'vite';

import { FakeSteward } from './steward.ts';

/** The double behind the dev and preview servers, to look at the page without the app: `npm run fake`. */
export function fakeSteward(): Plugin {
  const fake = furnished();
  const middleware = (request: Connect.IncomingMessage, response: ServerResponse, next: Connect.NextFunction) => {
    if (request.url?.startsWith('/v1/') === true) answer(fake, request, response).catch(() => response.destroy());
    else next();
  };
  return {
    name: 'fake-steward',
    configureServer(server) {
      server.middlewares.use(middleware);
    },
    configurePreviewServer(server) {
      server.middlewares.use(middleware);
    },
  };
}

function furnished(): FakeSteward {
  const fake = new FakeSteward();
  fake.pauseMs = 12;
  const eur = (amount_minor: number) => ({ amount_minor, currency: 'EUR' });
  const account = { currency: 'EUR', mirrored: true as const, owed: false, first_on: '2025-11-03', last_on: '2026-11-19' };
  fake.accounts = [
    { ...account, id: 'acc_1', name: 'Everyday account', kind: 'checking', balance: eur(248617), facts_count: 912 },
    { ...account, id: 'acc_2', name: 'Rainy day savings', kind: 'savings', balance: eur(1250000), facts_count: 26 },
    { ...account, id: 'acc_3', name: 'Blue card', kind: 'card', owed: true, balance: eur(41822), facts_count: 304 },
    { ...account, id: 'acc_4', name: 'Wallet', kind: 'cash', balance: null, facts_count: 41 },
  ];
  fake.budgets = [
    {
      id: 'bud_1',
      category: 'Groceries',
      period: 'month',
      limit_minor: 45000,
      available_minor: 45000,
      over_minor: 0,
      every_count: 1,
      anchor_on: '2001-01-01',
      rollover: false,
      carried_minor: 0,
      alerts: [],
      currency: 'EUR',
      spent_minor: 31240,
      left_minor: 13760,
      over: false,
      on_track: true,
      projected_minor: 44600,
      start_on: '2026-11-01',
      end_on: '2026-11-30',
    },
    {
      id: 'bud_2',
      category: 'Eating out',
      period: 'month',
      limit_minor: 15000,
      available_minor: 15000,
      over_minor: 1890,
      every_count: 1,
      anchor_on: '2001-01-01',
      rollover: false,
      carried_minor: 0,
      alerts: [],
      currency: 'EUR',
      spent_minor: 16890,
      left_minor: -1890,
      over: true,
      on_track: false,
      projected_minor: 24128,
      start_on: '2026-11-01',
      end_on: '2026-11-30',
    },
  ];
  fake.imports = [
    {
      id: 'imp_1',
      account_id: 'acc_1',
      account_name: 'Everyday account',
      file_name: 'everyday-2026.csv',
      rejected_count: 0,
      imported: 912,
      duplicates: 0,
      created_at: '2026-11-20T18:12:00Z',
      undone_at: null,
    },
  ];
  return fake;
}

async function answer(fake: FakeSteward, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const stop = new AbortController();
  response.on('close', () => stop.abort());
  const init: RequestInit & { duplex: 'half' } = {
    method,
    headers: request.headers as Record<string, string>,
    signal: stop.signal,
    duplex: 'half',
  };
  if (method !== 'GET') init.body = Readable.toWeb(request) as ReadableStream;
  const reply = await fake.fetch(new URL(request.url ?? '/', 'http://fake'), init);
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  if (reply.body === null) response.end();
  else Readable.fromWeb(reply.body as import('node:stream/web').ReadableStream).pipe(response);
}
