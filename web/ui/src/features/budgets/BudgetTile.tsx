import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Popconfirm } from 'antd';
import { useState } from 'react';

import { type Budget, budgetHistoryQuery, removeBudget } from '../../api/budgets';
import { formatDayShort } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';
import { BudgetBar } from './BudgetBar';
import { periodWords, spentShare } from './standing';

interface Props {
  budget: Budget;
  today: string;
  onEdit: () => void;
}

export function BudgetTile({ budget, today, onEdit }: Props) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const removing = useMutation({
    mutationFn: () => removeBudget(budget.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['budgets'] }),
  });
  const { category, carried_minor: carried, currency, rollover } = budget;
  return (
    <li className="card">
      <BudgetBar budget={budget} today={today} />
      <p className="quiet">
        {formatMoney(budget.limit_minor, currency)} {periodWords(budget)}
        {rollover && carried !== 0 && `, ${formatMoney(carried, currency, { signed: true })} carried over`}
        {rollover && carried === 0 && ', what is left carries over'}
      </p>
      <details className="history-bars" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          Earlier periods<span className="hidden-words"> of {category}</span>
        </summary>
        {open && <History budgetId={budget.id} />}
      </details>
      <p className="tile-actions">
        <button type="button" className="link" onClick={onEdit}>
          Change<span className="hidden-words"> the budget for {category}</span>
        </button>
        <Popconfirm title={`Remove the budget for ${category}?`} okText="Remove" onConfirm={() => removing.mutate()}>
          <button type="button" className="link" disabled={removing.isPending}>
            Remove<span className="hidden-words"> the budget for {category}</span>
          </button>
        </Popconfirm>
      </p>
      {removing.isError && <Failure what="The budget was not removed." error={removing.error} />}
    </li>
  );
}

function History({ budgetId }: { budgetId: string }) {
  const history = useQuery(budgetHistoryQuery(budgetId));
  return (
    <Fetched query={history} what="Its earlier periods" lines={2}>
      {(periods) => {
        const most = Math.max(1, ...periods.map(spentShare));
        return (
          <ol className="columns">
            {periods.map((period) => {
              const words = `${formatDayShort(period.start_on)}: ${formatMoney(period.spent_minor, period.currency)} of ${formatMoney(period.available_minor, period.currency)}`;
              return (
                <li key={period.start_on} title={words}>
                  <i
                    className={period.over ? 'over' : ''}
                    style={{ blockSize: `${(spentShare(period) / most) * 100}%` }}
                    aria-hidden="true"
                  />
                  <span className="hidden-words">{words}</span>
                </li>
              );
            })}
            <li className="limit" aria-hidden="true" style={{ insetBlockEnd: `${(1 / most) * 100}%` }} />
          </ol>
        );
      }}
    </Fetched>
  );
}
