import { MoreOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';

import { changeRecurring, type Recurring, type RecurringChange } from '../../api/recurring';
import { booksChanged } from '../../api/stale';
import { formatDay, formatDayShort } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { formatMoney } from '../../lib/money';
import { useShowRows } from '../../lib/rowsContext';

const CADENCES: Record<Recurring['cadence'], string> = {
  weekly: 'every week',
  fortnightly: 'every two weeks',
  four_weekly: 'every four weeks',
  monthly: 'every month',
  bimonthly: 'every two months',
  quarterly: 'every quarter',
  half_yearly: 'every half-year',
  yearly: 'every year',
};
const KIND_CHANGES: { key: string; label: string; change: RecurringChange }[] = [
  { key: 'subscription', label: 'It is a subscription', change: { kind: 'subscription' } },
  { key: 'bill', label: 'It is a bill', change: { kind: 'bill' } },
];

export function RecurringItem({ item }: { item: Recurring }) {
  const queries = useQueryClient();
  const showRows = useShowRows();
  const changing = useMutation({
    mutationFn: (change: RecurringChange) => changeRecurring(item.id, change),
    onSuccess: () => booksChanged(queries),
  });
  const { merchant, cadence, amount_minor: amount, currency, next_on: next, last_on: last, kind, hidden } = item;
  const money = formatMoney(amount, currency);
  const not = kind === 'subscription' ? 'Not a subscription' : 'Not recurring';
  const choices = hidden
    ? [{ key: 'shown', label: 'It is recurring after all', change: { hidden: false } }]
    : [
        ...(kind === 'income' ? [] : KIND_CHANGES.filter(({ key }) => key !== kind)),
        { key: 'hidden', label: not, change: { hidden: true } },
      ];
  return (
    <li>
      <div>
        <strong>{merchant}</strong>
        <span className="quiet">
          {CADENCES[cadence]} · {next === null ? `last on ${formatDay(last)}` : `next on ${formatDayShort(next)}`}
        </span>
        <PriceChange item={item} />
      </div>
      <button
        type="button"
        className="figure"
        aria-haspopup="dialog"
        onClick={() =>
          showRows({
            title: merchant,
            text: money,
            query: { measure: 'movements', include: { merchants: [merchant], accounts: [item.account_id] } },
          })
        }
      >
        {money}
      </button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: choices.map(({ key, label }) => ({ key, label })),
          onClick: ({ key }) => {
            const chosen = choices.find((choice) => choice.key === key);
            if (chosen !== undefined) changing.mutate(chosen.change);
          },
        }}
      >
        <Button
          type="text"
          size="small"
          aria-label={`What ${merchant} is`}
          loading={changing.isPending}
          icon={<MoreOutlined aria-hidden />}
        />
      </Dropdown>
      {changing.isError && <Failure what="It was not changed." error={changing.error} />}
    </li>
  );
}

function PriceChange({ item: { price_change: change, currency, kind } }: { item: Recurring }) {
  if (change === null) return null;
  const { rise, before_minor: before, after_minor: after, change_ratio: ratio, changed_on: on } = change;
  const bad = rise === (kind !== 'income');
  return (
    <span className={bad ? 'price-change dearer' : 'price-change'}>
      <span aria-hidden="true">{rise ? '▲' : '▼'}</span> {rise ? 'Rose' : 'Fell'} from {formatMoney(before, currency)} to{' '}
      {formatMoney(after, currency)} ({Math.round(Math.abs(ratio) * 100)}
      {'\u00a0'}%) on {formatDay(on)}
    </span>
  );
}
