import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { lazy, Suspense, useState } from 'react';

import { type Query, resultQuery } from '../../api/books';
import { Card } from '../../lib/Card';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';
import { daysFrom } from '../../lib/periods';
import { Resting } from '../../lib/Resting';

const NetWorthChart = lazy(() => import('./NetWorthChart'));

interface Props {
  currency: string;
  today: string;
}

const SPANS = [
  { value: 30, label: '1M', name: 'the last month' },
  { value: 91, label: '3M', name: 'the last 3 months' },
  { value: 365, label: '1Y', name: 'the last year' },
] as const;

/** Assets less debts, today and along time. */
export function NetWorthCard({ currency, today }: Props) {
  const [days, setDays] = useState<number>(91);
  const span = SPANS.find(({ value }) => value === days) ?? SPANS[1];
  const query: Query = {
    measure: 'net_worth',
    group_by: days > 100 ? 'week' : 'day',
    period: { start_on: daysFrom(today, -days), end_on: today },
  };
  const worth = useQuery(resultQuery(query));
  return (
    <Card
      title="Net worth"
      action={
        <Segmented
          size="small"
          aria-label="How far back"
          value={days}
          onChange={setDays}
          options={SPANS.map(({ value, label }) => ({ value, label }))}
        />
      }
    >
      <Fetched
        query={worth}
        what="Your net worth"
        lines={6}
        isEmpty={({ amount_minor: amount }) => amount == null}
        empty={<p className="quiet">No balance is known yet. Tell one of an account, and the others follow from its rows.</p>}
      >
        {({ amount_minor: amount, rows, notes }) => {
          const points = rows.flatMap(({ end_on: on, amount_minor: minor }) => (on == null || minor == null ? [] : [{ on, minor }]));
          const change = (amount ?? 0) - (points[0]?.minor ?? amount ?? 0);
          const unknown = notes.filter((note) => note.startsWith('balance_unknown:')).map((note) => note.slice(16));
          return (
            <>
              <p className="big-figure">{formatMoney(amount ?? 0, currency)}</p>
              <p className={change > 0 ? 'change in' : 'change'}>
                {formatMoney(change, currency, { signed: true })} <span className="quiet">in {span.name}</span>
              </p>
              {unknown.length > 0 && <p className="quiet">Without {unknown.join(', ')}, whose balance is unknown.</p>}
              <Suspense fallback={<Resting lines={5} label="Drawing the chart" />}>
                <NetWorthChart points={points} currency={currency} label={`Net worth in ${span.name}`} />
              </Suspense>
            </>
          );
        }}
      </Fetched>
    </Card>
  );
}
