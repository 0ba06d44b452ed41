import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';

import { accountsQuery } from '../api/accounts';
import type { Customer } from '../api/session';
import { go, useAddress } from '../lib/address';
import { focusById } from '../lib/focus';
import { Page } from '../lib/Page';
import { Resting } from '../lib/Resting';
import { RowsOnDemand } from '../lib/RowsOnDemand';
import { type Shortcut, useShortcuts } from '../lib/shortcuts';
import { ChatSide } from './ChatSide';
import { SideBar, TabBar } from './Navigation';
import { Offline } from './Offline';
import { pageAt, PAGES } from './pages';
import { ShortcutsHelp } from './ShortcutsHelp';
import { CONTENT_ID, useChatSide } from './useChatSide';

const ImportDrawer = lazy(() => import('../features/imports/ImportDrawer'));

/** Pages at their addresses, the chat beside any of them, and the import over all. */
export function Shell({ customer }: { customer: Customer }) {
  const { path } = useAddress();
  const here = pageAt(path);
  const accounts = useQuery(accountsQuery);
  const chat = useChatSide(path, here?.entry.page === null);
  const [importing, setImporting] = useState<'never' | 'open' | 'closed'>('never');
  const [askNext, setAskNext] = useState(false);
  const [helping, setHelping] = useState(false);
  const openImport = () => setImporting('open');
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      ...PAGES.map(({ path: to, label, key }) => ({ keys: `g ${key}`, does: `Go to ${label}`, run: () => go(to) })),
      { keys: 'c', does: 'Open or close the chat', run: chat.toggle },
      { keys: '/', does: 'Search transactions', run: searchTransactions },
      { keys: 'i', does: 'Import a file', run: () => setImporting('open') },
      { keys: '?', does: 'Show this list', run: () => setHelping(true) },
    ],
    [chat.toggle],
  );
  useShortcuts(shortcuts);
  const common = { customer, current: here?.entry ?? null, onImport: openImport, onHelp: () => setHelping(true) };
  const ThisPage = here?.entry.page ?? null;
  return (
    <RowsOnDemand currency={customer.currency}>
      <div className="shell" data-chat={chat.shown}>
        <a className="skip" href={`#${CONTENT_ID}`}>
          Skip to the content
        </a>
        <SideBar {...common} onAsk={chat.shown === 'hidden' ? chat.show : null} />
        <Offline />
        {here?.entry.page !== null && (
          <main id={CONTENT_ID} tabIndex={-1}>
            {ThisPage === null ? (
              <Page title="No such page">
                <p>There is nothing at this address.</p>
              </Page>
            ) : (
              <Suspense fallback={<PageResting />}>
                <ThisPage key={here?.entry.path} customer={customer} rest={here?.rest ?? ''} onImport={openImport} />
              </Suspense>
            )}
          </main>
        )}
        {chat.mounted && (
          <ChatSide
            customer={customer}
            shown={chat.shown}
            focusCount={chat.focusCount}
            hasFacts={accounts.data === undefined || accounts.data.some(({ facts_count: count }) => count > 0)}
            onImport={openImport}
            onClose={chat.close}
          />
        )}
        <TabBar {...common} />
        {importing !== 'never' && (
          <Suspense fallback={null}>
            <ImportDrawer
              open={importing === 'open'}
              accounts={accounts.data ?? []}
              currency={customer.currency}
              timeZone={customer.timezone}
              onClose={() => setImporting('closed')}
              onAsk={() => {
                setAskNext(true);
                setImporting('closed');
              }}
              onClosed={() => {
                if (askNext) chat.show();
                setAskNext(false);
              }}
            />
          </Suspense>
        )}
        <ShortcutsHelp open={helping} shortcuts={shortcuts} onClose={() => setHelping(false)} />
      </div>
    </RowsOnDemand>
  );
}

function PageResting() {
  return (
    <div className="page">
      <Resting lines={6} label="Opening the page" />
    </div>
  );
}

function searchTransactions(): void {
  if (!window.location.pathname.startsWith('/transactions')) go('/transactions');
  focusById('search');
}
