import { AccountsCard } from '../features/accounts/AccountsCard';
import { BudgetsCard } from '../features/budgets/BudgetsCard';
import { NetWorthCard } from '../features/home/NetWorthCard';
import { SpendingCard } from '../features/home/SpendingCard';
import { todayIn } from '../lib/dates';
import { Page } from '../lib/Page';
import type { PageProps } from './pages';

/** How things stand today, each matter leading to more of it. */
export default function HomePage({ customer, onImport }: PageProps) {
  const today = todayIn(customer.timezone);
  const first = customer.name.split(' ')[0] ?? '';
  return (
    <Page title="Home" heading={first === '' ? 'Hello' : `Hello ${first}`}>
      <div className="home">
        <div className="home-main">
          <NetWorthCard currency={customer.currency} today={today} />
          <SpendingCard currency={customer.currency} today={today} />
        </div>
        <div className="home-side">
          <AccountsCard timeZone={customer.timezone} onImport={onImport} />
          <BudgetsCard today={today} />
        </div>
      </div>
    </Page>
  );
}
