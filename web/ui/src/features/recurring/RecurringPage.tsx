import { useQuery } from '@tanstack/react-query';

import { hiddenRecurringQuery, type Recurring, recurringQuery } from '../../api/recurring';
import type { Customer } from '../../api/session';
import { Card } from '../../lib/Card';
import { todayIn } from '../../lib/dates';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';
import { Page } from '../../lib/Page';
import { MonthCalendar } from './MonthCalendar';
import { RecurringItem } from './RecurringItem';

interface Props {
  customer: Customer;
  onImport: () => void;
}

const GROUPS = [
  { kind: 'subscription', title: 'Subscriptions' },
  { kind: 'bill', title: 'Bills' },
  { kind: 'income', title: 'Income' },
];

/** What comes back by itself: when, how much, and what became dearer. */
export default function RecurringPage({ customer }: Props) {
  const recurring = useQuery(recurringQuery);
  const hidden = useQuery(hiddenRecurringQuery);
  const today = todayIn(customer.timezone);
  return (
    <Page title="Recurring">
      <Fetched
        query={recurring}
        what="Your recurring payments"
        lines={8}
        isEmpty={({ items }) => items.length === 0 && (hidden.data ?? []).length === 0}
        empty={<p className="nothing">Nothing recurring was found yet. It takes a few months of bookings to see what comes back.</p>}
      >
        {({ items, currency, monthly_total_minor: monthly, yearly_total_minor: yearly }) => (
          <div className="recurring">
            <div className="recurring-lists">
              <p className="totals-line">
                <span>
                  <b className="big-figure">{formatMoney(monthly, currency)}</b> a month
                </span>
                <span className="quiet">{formatMoney(yearly, currency)} a year</span>
              </p>
              {GROUPS.map(({ kind, title }) => (
                <Group key={kind} title={title} items={items.filter((item) => item.kind === kind && item.status === 'active')} />
              ))}
              <Aside title="Ended" items={items.filter(({ status }) => status === 'ended')} />
              <Aside title="Not recurring, you said" items={hidden.data ?? []} />
            </div>
            <MonthCalendar items={items} today={today} currency={currency} />
          </div>
        )}
      </Fetched>
    </Page>
  );
}

function Group({ title, items }: { title: string; items: Recurring[] }) {
  if (items.length === 0) return null;
  return (
    <Card title={title}>
      <ul className="agreements">
        {items.map((item) => (
          <RecurringItem key={item.id} item={item} />
        ))}
      </ul>
    </Card>
  );
}

function Aside({ title, items }: { title: string; items: Recurring[] }) {
  if (items.length === 0) return null;
  return (
    <details className="card">
      <summary>
        {title} ({items.length})
      </summary>
      <ul className="agreements">
        {items.map((item) => (
          <RecurringItem key={item.id} item={item} />
        ))}
      </ul>
    </details>
  );
}
