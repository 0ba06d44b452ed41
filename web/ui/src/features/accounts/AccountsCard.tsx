import { Card } from '../../lib/Card';
import { AccountList } from './AccountList';

export function AccountsCard({ timeZone, onImport }: { timeZone: string; onImport: () => void }) {
  return (
    <Card title="Accounts" more={{ href: '/transactions', label: 'Transactions' }}>
      <AccountList timeZone={timeZone} onImport={onImport} />
    </Card>
  );
}
