import { Checkbox } from 'antd';
import type { CSSProperties } from 'react';

import type { Transaction } from '../../api/transactions';
import { formatDay } from '../../lib/dates';
import { formatMoney } from '../../lib/money';

interface Props {
  fact: Transaction;
  currency: string;
  style: CSSProperties;
  selected: boolean;
  onSelect: (selected: boolean) => void;
  onOpen: () => void;
}

export function TransactionRow({ fact, currency, style, selected, onSelect, onOpen }: Props) {
  const { merchant, description, category, account, amount_minor: amount, note } = fact;
  const name = merchant || description;
  const money = formatMoney(amount, fact.currency ?? currency, { signed: true });
  return (
    <li className={selected ? 'ledger-row selected' : 'ledger-row'} style={style}>
      <Checkbox checked={selected} aria-label={`Select ${name}, ${money}`} onChange={(event) => onSelect(event.target.checked)} />
      <button type="button" className="ledger-open" aria-haspopup="dialog" onClick={onOpen}>
        <strong>{name}</strong>
        <span className="quiet wide-only">{note ?? (merchant !== '' && description !== merchant ? description : account)}</span>
        <span className="quiet narrow-only" aria-hidden="true">
          {note ?? category}
        </span>
        <span className="hidden-words">
          {category}, {money}, {formatDay(fact.booked_on)}
        </span>
      </button>
      <span className="tag" aria-hidden="true">
        {category}
      </span>
      <span className="quiet ledger-account" aria-hidden="true">
        {account}
      </span>
      <b className={amount > 0 ? 'in' : undefined} aria-hidden="true">
        {money}
      </b>
    </li>
  );
}
