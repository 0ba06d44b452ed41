import { CommentOutlined, ImportOutlined, WalletOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';

import { accountsQuery } from '../api/accounts';
import type { Customer } from '../api/session';
import { AccountList } from '../features/accounts/AccountList';
import { BudgetList } from '../features/budgets/BudgetList';
import { Chat } from '../features/chat/Chat';
import { COMPOSER_ID } from '../features/chat/Composer';
import { ImportHistory } from '../features/imports/ImportHistory';
import { focusById } from '../lib/focus';
import { Offline } from './Offline';
import { TopBar } from './TopBar';

const ImportDrawer = lazy(() => import('../features/imports/ImportDrawer'));

type View = 'chat' | 'money' | 'imports';

const VIEWS = [
  { view: 'chat', label: 'Chat', icon: <CommentOutlined aria-hidden /> },
  { view: 'money', label: 'Accounts', icon: <WalletOutlined aria-hidden /> },
  { view: 'imports', label: 'Imports', icon: <ImportOutlined aria-hidden /> },
] as const;

/** One page: the books on the left, the chat beside them; on a phone one of them at a time. */
export function Shell({ customer }: { customer: Customer }) {
  const [view, setView] = useState<View>('chat');
  const [importing, setImporting] = useState<'never' | 'open' | 'closed'>('never');
  const accounts = useQuery(accountsQuery);
  const openImport = () => setImporting('open');
  const askNext = useRef(false);
  const ask = () => {
    askNext.current = true;
    setImporting('closed');
    setView('chat');
  };
  const importClosed = () => {
    if (askNext.current) focusById(COMPOSER_ID);
    askNext.current = false;
  };
  return (
    <div className="shell" data-view={view}>
      <a className="skip" href={`#${COMPOSER_ID}`} onClick={() => setView('chat')}>
        Skip to the question
      </a>
      <TopBar customer={customer} />
      <Offline />
      <aside className="books" aria-label="Your books">
        <section className="card money" aria-labelledby="accounts-title">
          <header>
            <h2 id="accounts-title">Accounts</h2>
            <Button type="primary" size="small" icon={<ImportOutlined aria-hidden />} onClick={openImport}>
              Import
            </Button>
          </header>
          <AccountList timeZone={customer.timezone} onImport={openImport} />
        </section>
        <section className="card money" aria-labelledby="budgets-title">
          <header>
            <h2 id="budgets-title">Budgets</h2>
          </header>
          <BudgetList currency={customer.currency} />
        </section>
        <section className="card imports-card" aria-labelledby="imports-title">
          <header>
            <h2 id="imports-title">Imports</h2>
            <Button className="phone-only" type="primary" size="small" onClick={openImport}>
              Import a file
            </Button>
          </header>
          <ImportHistory timeZone={customer.timezone} />
        </section>
      </aside>
      <main className="talk">
        <Chat
          customer={customer}
          hasFacts={accounts.data === undefined || accounts.data.some(({ facts_count: count }) => count > 0)}
          onImport={openImport}
        />
      </main>
      <nav className="tabs" aria-label="Parts of the page">
        {VIEWS.map(({ view: target, label, icon }) => (
          <button key={target} type="button" aria-current={view === target ? 'page' : undefined} onClick={() => setView(target)}>
            {icon}
            {label}
          </button>
        ))}
      </nav>
      {importing !== 'never' && (
        <Suspense fallback={null}>
          <ImportDrawer
            open={importing === 'open'}
            accounts={accounts.data ?? []}
            currency={customer.currency}
            onClose={() => setImporting('closed')}
            onAsk={ask}
            onClosed={importClosed}
          />
        </Suspense>
      )}
    </div>
  );
}
