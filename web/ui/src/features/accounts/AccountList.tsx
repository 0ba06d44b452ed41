import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { type Account, ACCOUNT_KINDS, accountsQuery } from '../../api/accounts';
import { formatSpan } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { formatMoney } from '../../lib/money';
import { Resting } from '../../lib/Resting';
import { counted } from '../../lib/words';
import { TellBalance } from './TellBalance';

interface Props {
  timeZone: string;
  onImport: () => void;
}

export function AccountList({ timeZone, onImport }: Props) {
  const accounts = useQuery(accountsQuery);
  const [telling, setTelling] = useState<Account | null>(null);
  if (accounts.isPending) return <Resting lines={3} label="Fetching your accounts" />;
  if (accounts.data === undefined)
    return <Failure what="Your accounts could not be fetched." error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (accounts.data.length === 0) {
    return (
      <div className="nothing">
        <p>No accounts yet. They come with the first bank export that you import.</p>
        <Button onClick={onImport}>Import a bank export</Button>
      </div>
    );
  }
  return (
    <>
      <ul className="accounts">
        {accounts.data.map((account) => (
          <AccountItem key={account.id} account={account} onTell={() => setTelling(account)} />
        ))}
      </ul>
      <TellBalance account={telling} timeZone={timeZone} onClose={() => setTelling(null)} />
    </>
  );
}

function AccountItem({ account, onTell }: { account: Account; onTell: () => void }) {
  const { name, kind, balance, owed } = account;
  const inCredit = owed && balance !== null && balance.amount_minor < 0;
  const span = formatSpan(account.first_on, account.last_on);
  return (
    <li>
      <div className="account-name">
        <strong>{name}</strong>
        <span className="quiet">{ACCOUNT_KINDS.find(({ value }) => value === kind)?.label ?? kind}</span>
      </div>
      {balance === null ? (
        <div className="account-balance">
          <span className="unknown">Balance unknown</span>
          <button type="button" className="link" onClick={onTell}>
            Tell it<span className="hidden-words"> for {name}</span>
          </button>
        </div>
      ) : (
        <div className="account-balance">
          <b>{formatMoney(inCredit ? -balance.amount_minor : balance.amount_minor, balance.currency)}</b>
          {owed && <span className="owed">{inCredit ? 'in credit' : 'owed'}</span>}
        </div>
      )}
      <p className="quiet">
        {counted(account.facts_count, 'transaction')}
        {span !== '' && ` · ${span}`}
      </p>
    </li>
  );
}
