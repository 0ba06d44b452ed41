import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { cashFlowQuery, type Recurring } from '../../api/recurring';
import { Card } from '../../lib/Card';
import { formatDay, formatMonth, weekdayName } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { formatMoney, formatMoneyShort } from '../../lib/money';
import { monthFrom, monthOf, weekdayOf } from '../../lib/periods';
import { dueDays } from './dueDays';

interface Props {
  items: Recurring[];
  today: string;
  currency: string;
}

const MONTHS_AHEAD = 11;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** A month with what was paid and what is due, day by day. */
export function MonthCalendar({ items, today, currency }: Props) {
  const [ahead, setAhead] = useState(0);
  const month = monthFrom(today, ahead);
  const flow = useQuery(cashFlowQuery(month.end_on));
  const days = dueDays(month, monthOf(today), items, flow.data?.rows ?? []);
  const lead = weekdayOf(month.start_on) - 1;
  return (
    <Card
      className="calendar-card"
      title={formatMonth(month.start_on)}
      action={
        <span>
          <Button
            type="text"
            size="small"
            aria-label="The month before"
            disabled={ahead === 0}
            icon={<LeftOutlined aria-hidden />}
            onClick={() => setAhead(ahead - 1)}
          />
          <Button
            type="text"
            size="small"
            aria-label="The month after"
            disabled={ahead === MONTHS_AHEAD}
            icon={<RightOutlined aria-hidden />}
            onClick={() => setAhead(ahead + 1)}
          />
        </span>
      }
    >
      {flow.isError && <Failure what="What is due could not be fetched." error={flow.error} onRetry={() => void flow.refetch()} />}
      <div className="calendar-names" aria-hidden="true">
        {WEEKDAYS.map((weekday) => (
          <span key={weekday}>{weekdayName(weekday)}</span>
        ))}
      </div>
      <ol className="calendar" aria-label={`Due in ${formatMonth(month.start_on)}`}>
        {days.map(({ on, entries }, index) => (
          <li
            key={on}
            style={index === 0 ? { gridColumnStart: lead + 1 } : undefined}
            className={on === today ? 'today' : on < today ? 'gone' : undefined}
          >
            <time dateTime={on}>
              <span aria-hidden="true">{Number(on.slice(8))}</span>
              <span className="hidden-words">{formatDay(on)}</span>
            </time>
            {entries.map(({ key, label, minor, paid }) => (
              <span
                key={key}
                className={paid ? 'due paid' : minor > 0 ? 'due income' : 'due'}
                title={`${label} ${formatMoney(minor, currency, { signed: true })}`}
              >
                <span>{label}</span>
                <b>{formatMoneyShort(Math.abs(minor), currency)}</b>
                {paid && <span className="hidden-words"> paid</span>}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </Card>
  );
}
