import { useQuery } from '@tanstack/react-query';

import { type CashFlow, cashFlowQuery } from '../../api/recurring';
import { Card } from '../../lib/Card';
import { formatDay, formatDayShort } from '../../lib/dates';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';

const ROWS_SHOWN = 5;

/** What is at hand, what is known to come and go, and what that leaves by pay day. */
export function CashFlowCard({ currency }: { currency: string }) {
  const flow = useQuery(cashFlowQuery('payday'));
  const title =
    flow.data === undefined ? 'Until pay day' : `Until ${flow.data.to_payday ? 'pay day, ' : ''}${formatDayShort(flow.data.until_on)}`;
  return (
    <Card title={title} more={{ href: '/recurring', label: 'Calendar' }}>
      <Fetched query={flow} what="What is to come" lines={5}>
        {(found) => <Outlook flow={found} currency={currency} />}
      </Fetched>
    </Card>
  );
}

function Outlook({ flow, currency }: { flow: CashFlow; currency: string }) {
  const coming = flow.rows.filter(({ amount_minor: amount }) => amount !== 0);
  const { expected_minor: expected, forecast_minor: forecast, unknown_accounts: unknown } = flow;
  return (
    <>
      {expected == null ? (
        <p className="quiet">No balance is known yet, so what will be left cannot be said.</p>
      ) : (
        <>
          <p className="big-figure">{formatMoney(forecast ?? expected, currency)}</p>
          <p className="change">
            <span className="quiet">
              {forecast == null ? 'left when the known bills are paid' : 'left, with the known bills and your usual spending'}
            </span>
          </p>
        </>
      )}
      <dl className="sums">
        <Sum name="At hand today" minor={flow.balance_minor} currency={currency} />
        {flow.income_total_minor > 0 && <Sum name="Coming in" minor={flow.income_total_minor} currency={currency} signed />}
        <Sum
          name={`Bills (${flow.bills_count})`}
          minor={flow.bills_total_minor === 0 ? 0 : -flow.bills_total_minor}
          currency={currency}
          signed
        />
        {flow.usual_spending_minor != null && (
          <Sum name="Usual spending" minor={flow.usual_spending_minor === 0 ? 0 : -flow.usual_spending_minor} currency={currency} signed />
        )}
      </dl>
      {flow.forecast_low_minor != null && flow.forecast_high_minor != null && (
        <p className="quiet">
          As things go, between {formatMoney(flow.forecast_low_minor, currency)} and {formatMoney(flow.forecast_high_minor, currency)}.
        </p>
      )}
      {unknown.length > 0 && <p className="quiet">Without {unknown.join(', ')}, whose balance is unknown.</p>}
      {coming.length > 0 && (
        <>
          <h3 className="sub-head">Coming up</h3>
          <ul className="lines">
            {coming.slice(0, ROWS_SHOWN).map((row) => (
              <li key={`${row.on} ${row.label} ${row.amount_minor}`}>
                <span className="when" title={formatDay(row.due_on)}>
                  {formatDayShort(row.due_on)}
                </span>
                <span>{row.label}</span>
                <b className={row.amount_minor > 0 ? 'in' : undefined}>{formatMoney(row.amount_minor, currency, { signed: true })}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Sum({ name, minor, currency, signed = false }: { name: string; minor: number | null; currency: string; signed?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{minor === null ? 'unknown' : formatMoney(minor, currency, { signed })}</dd>
    </div>
  );
}
