import type { Customer } from '../../api/session';
import { Page } from '../../lib/Page';
import { AllTransactions } from './AllTransactions';

interface Props {
  customer: Customer;
  onImport: () => void;
}

export default function TransactionsPage({ customer, onImport }: Props) {
  return (
    <Page title="Transactions" className="filling">
      <AllTransactions customer={customer} onImport={onImport} />
    </Page>
  );
}
