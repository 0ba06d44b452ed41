import { useQuery } from '@tanstack/react-query';

import { type Query, resultQuery, type ResultRow } from '../../api/books';
import { Card } from '../../lib/Card';
import { formatMonth } from '../../lib/dates';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';
import { monthFrom, monthOf } from '../../lib/periods';
import { useShowRows } from '../../lib/rowsContext';

interface Props {
  currency: string;
  today: string;
}

const CATEGORIES_SHOWN = 6;

/** What went out this month so far, beside the same days of the month before, and on what. */
export function SpendingCard({ currency, today }: Props) {
  const showRows = useShowRows();
  const period = { start_on: monthOf(today).start_on, end_on: today };
  const spending: Query = { measure: 'spending', period };
  const before = monthFrom(today, -1);
  const sameDay = `${before.start_on.slice(0, 8)}${today.slice(8)}`;
  const result = useQuery(
    resultQuery({
      ...spending,
      group_by: 'category',
      limit: CATEGORIES_SHOWN,
      compare_period: { start_on: before.start_on, end_on: sameDay < before.end_on ? sameDay : before.end_on },
    }),
  );
  const month = formatMonth(today);
  const title = `Spending in ${month.split(' ')[0] ?? month}`;
  return (
    <Card title={title} more={{ href: `/transactions?measure=spending&from=${period.start_on}&to=${period.end_on}`, label: 'All of it' }}>
      <Fetched
        query={result}
        what="Your spending"
        lines={6}
        isEmpty={({ count }) => count === 0}
        empty={<p className="quiet">Nothing was spent this month so far.</p>}
      >
        {({ amount_minor: amount, comparison, rows }) => (
          <>
            <button
              type="button"
              className="big-figure figure-button"
              aria-haspopup="dialog"
              onClick={() => showRows({ title, text: formatMoney(amount ?? 0, currency), query: spending })}
            >
              {formatMoney(amount ?? 0, currency)}
            </button>
            {comparison?.change_minor != null && (
              <p className="change">
                {comparison.change_minor === 0
                  ? 'As much'
                  : `${formatMoney(Math.abs(comparison.change_minor), currency)} ${comparison.change_minor > 0 ? 'more' : 'less'}`}{' '}
                <span className="quiet">than by this day last month</span>
              </p>
            )}
            <ul className="bars">
              {rows.map((row) => (
                <CategoryBar
                  key={row.key}
                  row={row}
                  most={Math.max(...rows.map(({ amount_minor: minor }) => minor ?? 0), 1)}
                  currency={currency}
                  onPress={() =>
                    showRows({
                      title: `${row.label}: ${title.toLowerCase().replace(month.toLowerCase(), month)}`,
                      text: formatMoney(row.amount_minor ?? 0, currency),
                      query: { ...spending, include: { categories: [row.key] } },
                    })
                  }
                />
              ))}
            </ul>
          </>
        )}
      </Fetched>
    </Card>
  );
}

function CategoryBar({ row, most, currency, onPress }: { row: ResultRow; most: number; currency: string; onPress: () => void }) {
  const minor = row.amount_minor ?? 0;
  return (
    <li>
      <button type="button" aria-haspopup="dialog" onClick={onPress}>
        <span>{row.label}</span>
        <b>{formatMoney(minor, currency)}</b>
        <i aria-hidden="true" style={{ inlineSize: `${Math.max(0, (minor / most) * 100)}%` }} />
      </button>
    </li>
  );
}
