import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { accountsQuery } from '../../api/accounts';
import { type Query, resultQuery } from '../../api/books';
import type { Customer } from '../../api/session';
import { go, useAddress } from '../../lib/address';
import { formatMoney } from '../../lib/money';
import { addressOf, queryOf } from '../../lib/queryAddress';
import { counted } from '../../lib/words';
import { chipsOf } from './chips';
import { FilterDrawer } from './FilterDrawer';
import { SearchBox } from './SearchBox';
import { TransactionList } from './TransactionList';

interface Props {
  customer: Customer;
  onImport: () => void;
}

/** Every booking, or those that the query in the address picks out. */
export function AllTransactions({ customer, onImport }: Props) {
  const { search } = useAddress();
  const query = useMemo(() => queryOf(search), [search]);
  const [filtering, setFiltering] = useState(false);
  const accounts = useQuery(accountsQuery);
  const names = useMemo(() => new Map(accounts.data?.map(({ id, name }) => [id, name])), [accounts.data]);
  const chips = chipsOf(query, customer.currency, names);
  const look = (next: Query) => go(addressOf(next));
  return (
    <>
      <SearchBox onQuery={look} onFilter={() => setFiltering(true)} />
      {chips.length > 0 && (
        <ul className="chips" aria-label="What is looked for">
          {chips.map(({ key, label, without }) => (
            <li key={key}>
              <button type="button" className="chip-name" aria-haspopup="dialog" onClick={() => setFiltering(true)}>
                {label}
              </button>
              <button type="button" aria-label={`Remove ${label}`} onClick={() => look(without)}>
                ×
              </button>
            </li>
          ))}
          <li className="clear">
            <button type="button" className="link" onClick={() => go('/transactions')}>
              Clear all
            </button>
          </li>
        </ul>
      )}
      <Totals query={query} currency={customer.currency} />
      <TransactionList key={addressOf(query)} query={query} currency={customer.currency} filtered={chips.length > 0} onImport={onImport} />
      <FilterDrawer
        open={filtering}
        query={query}
        accounts={accounts.data ?? []}
        currency={customer.currency}
        onQuery={look}
        onClose={() => setFiltering(false)}
      />
    </>
  );
}

function Totals({ query, currency }: { query: Query; currency: string }) {
  const totals = useQuery(resultQuery({ ...query, statistic: 'total' }));
  if (totals.data === undefined) return <p className="totals quiet">{totals.isError ? 'Their total could not be fetched.' : ' '}</p>;
  const { count, amount_minor: amount } = totals.data;
  return (
    <p className="totals" role="status">
      <span className="quiet">{counted(count, 'transaction')}</span>
      {amount != null && count > 0 && <b>{formatMoney(amount, currency, { signed: query.measure === 'movements' })}</b>}
    </p>
  );
}
