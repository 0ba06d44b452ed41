import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';

import { type Budget, budgetsQuery, removeBudget } from '../../api/budgets';
import { Failure } from '../../lib/Failure';
import { formatMoney } from '../../lib/money';
import { Resting } from '../../lib/Resting';
import { SetBudget } from './SetBudget';

export function BudgetList({ currency }: { currency: string }) {
  const budgets = useQuery(budgetsQuery);
  const [setting, setSetting] = useState(false);
  return (
    <>
      {budgets.isPending && <Resting lines={2} label="Fetching your budgets" />}
      {budgets.isError && (
        <Failure what="Your budgets could not be fetched." error={budgets.error} onRetry={() => void budgets.refetch()} />
      )}
      {budgets.data?.length === 0 && <p className="quiet nothing-small">No budgets yet.</p>}
      <ul className="budgets">
        {budgets.data?.map((budget) => (
          <BudgetItem key={budget.id} budget={budget} />
        ))}
      </ul>
      <Button size="small" type="text" icon={<PlusOutlined aria-hidden />} onClick={() => setSetting(true)}>
        Set a budget
      </Button>
      <SetBudget open={setting} currency={currency} onClose={() => setSetting(false)} />
    </>
  );
}

function BudgetItem({ budget }: { budget: Budget }) {
  const { category, period, currency } = budget;
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeBudget(budget.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['budgets'] }),
  });
  return (
    <li>
      <div className="budget-line">
        <strong>{category}</strong>
        <span>
          {formatMoney(budget.spent_minor, currency)} <span className="quiet">of {formatMoney(budget.limit_minor, currency)}</span>
        </span>
      </div>
      <progress
        className={budget.over ? 'over' : budget.on_track ? '' : 'ahead'}
        value={Math.max(budget.spent_minor, 0)}
        max={Math.max(budget.limit_minor, 1)}
        aria-label={`${category}: spent of the limit`}
      />
      <div className="budget-line quiet">
        <span>{standing(budget)}</span>
        <Popconfirm title={`Remove the budget for ${category}?`} okText="Remove" onConfirm={() => removing.mutate()}>
          <button type="button" className="link" disabled={removing.isPending}>
            Remove<span className="hidden-words"> the budget for {category}</span>
          </button>
        </Popconfirm>
      </div>
      {removing.isError && <Failure what="The budget was not removed." error={removing.error} />}
      <span className="hidden-words">per {period}</span>
    </li>
  );
}

function standing({ over, on_track: onTrack, left_minor: left, projected_minor: projected, currency, period }: Budget): string {
  if (over) return `${formatMoney(-left, currency)} over this ${period}`;
  const leftWords = `${formatMoney(left, currency)} left this ${period}`;
  if (onTrack) return leftWords;
  return `${leftWords}, heading for ${formatMoney(projected, currency)}`;
}
