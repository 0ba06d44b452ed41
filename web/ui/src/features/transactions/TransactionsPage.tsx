import { useInfiniteQuery } from '@tanstack/react-query';

import type { Customer } from '../../api/session';
import { reviewQuery } from '../../api/transactions';
import { Link } from '../../lib/Link';
import { Page } from '../../lib/Page';
import { AllTransactions } from './AllTransactions';
import { CategoriesEditor } from './CategoriesEditor';
import { ReviewList } from './ReviewList';
import { RuleList } from './RuleList';

interface Props {
  customer: Customer;
  rest: string;
  onImport: () => void;
}

const TABS = [
  { rest: '', label: 'All' },
  { rest: 'review', label: 'To review' },
  { rest: 'rules', label: 'Rules' },
  { rest: 'categories', label: 'Categories' },
];

/** The bookings, those that wait to be sorted, and what sorts them. */
export default function TransactionsPage({ customer, rest, onImport }: Props) {
  const here = TABS.find((tab) => tab.rest === rest) ?? TABS[0];
  return (
    <Page title="Transactions" className={here?.rest === '' ? 'filling' : ''}>
      <nav className="sub-nav" aria-label="Within transactions">
        {TABS.map((tab) => (
          <Link
            key={tab.rest}
            href={tab.rest === '' ? '/transactions' : `/transactions/${tab.rest}`}
            aria-current={tab === here ? 'page' : undefined}
          >
            {tab.label}
            {tab.rest === 'review' && <Waiting />}
          </Link>
        ))}
      </nav>
      {here?.rest === '' && <AllTransactions customer={customer} onImport={onImport} />}
      {here?.rest === 'review' && <ReviewList currency={customer.currency} />}
      {here?.rest === 'rules' && <RuleList currency={customer.currency} />}
      {here?.rest === 'categories' && <CategoriesEditor />}
    </Page>
  );
}

function Waiting() {
  const review = useInfiniteQuery(reviewQuery);
  const count = review.data?.pages.reduce((sum, { data }) => sum + data.length, 0) ?? 0;
  return count === 0 ? null : (
    <span className="count">
      {count}
      {review.hasNextPage ? '+' : ''}
    </span>
  );
}
