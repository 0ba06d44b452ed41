import type { CSSProperties } from 'react';

import type { FactRow } from '../../api/books';
import { formatMoney } from '../../lib/money';

interface Props {
  fact: FactRow;
  currency: string;
  style: CSSProperties;
}

export function TransactionRow({ fact, currency, style }: Props) {
  const { merchant, description, category, account, amount_minor: amount } = fact;
  return (
    <li className="ledger-row" style={style}>
      <div className="ledger-open">
        <strong>{merchant || description}</strong>
        <span className="quiet">{merchant !== '' && description !== merchant ? description : account}</span>
      </div>
      <span className="tag">{category}</span>
      <span className="quiet ledger-account">{account}</span>
      <b className={amount > 0 ? 'in' : undefined}>{formatMoney(amount, currency, { signed: true })}</b>
    </li>
  );
}
