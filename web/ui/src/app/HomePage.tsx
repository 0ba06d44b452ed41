import { AccountsCard } from '../features/accounts/AccountsCard';
import { BudgetsCard } from '../features/budgets/BudgetsCard';
import { CashFlowCard } from '../features/home/CashFlowCard';
import { InsightsCard } from '../features/home/InsightsCard';
import { NetWorthCard } from '../features/home/NetWorthCard';
import { SpendingCard } from '../features/home/SpendingCard';
import { ReviewCard } from '../features/transactions/ReviewCard';
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
          <InsightsCard currency={customer.currency} />
          <SpendingCard currency={customer.currency} today={today} />
          <ReviewCard currency={customer.currency} />
        </div>
        <div className="home-side">
          <CashFlowCard currency={customer.currency} />
          <AccountsCard timeZone={customer.timezone} onImport={onImport} />
          <BudgetsCard today={today} />
        </div>
      </div>
    </Page>
  );
}
