// Pages come with the first visit to them; here they are at hand, so that no test waits for the disk.
import '../src/app/HomePage';
import '../src/features/budgets/BudgetsPage';
import '../src/features/chat/Chat';
import '../src/features/goals/GoalsPage';
import '../src/features/imports/ImportDrawer';
import '../src/features/recurring/RecurringPage';
import '../src/features/transactions/TransactionsPage';
import '../src/lib/RowsDrawer';

import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { vi } from 'vitest';

import { forget, refresh } from '../src/api/session';
import { App } from '../src/app/App';
import { FakeSteward } from './fake/steward.ts';

/** The whole page over the protocol double, signed in unless told otherwise. */
export async function openApp(options: { at?: string; signedIn?: boolean; prepare?: (fake: FakeSteward) => void } = {}) {
  const fake = new FakeSteward();
  window.history.replaceState(null, '', options.at ?? '/');
  fake.signedIn = options.signedIn ?? true;
  vi.stubGlobal('fetch', fake.fetch);
  options.prepare?.(fake);
  if (fake.signedIn) await refresh();
  else forget();
  render(<App />);
  return { fake, user: userEvent.setup() };
}

export function withAccount(fake: FakeSteward, change: Partial<FakeSteward['accounts'][number]> = {}): void {
  fake.accounts.push({
    id: 'acc_1',
    name: 'Everyday account',
    kind: 'checking',
    currency: 'EUR',
    mirrored: true,
    balance: { amount_minor: 248617, currency: 'EUR' },
    owed: false,
    facts_count: 912,
    first_on: '2025-11-03',
    last_on: '2026-11-19',
    ...change,
  });
}
