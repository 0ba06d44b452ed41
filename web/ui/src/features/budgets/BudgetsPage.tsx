import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';

import { type Budget, budgetsQuery, removeBudget } from '../../api/budgets';
import type { Customer } from '../../api/session';
import { todayIn } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Fetched } from '../../lib/Fetched';
import { Page } from '../../lib/Page';
import { BudgetBar } from './BudgetBar';
import { SetBudget } from './SetBudget';

export default function BudgetsPage({ customer }: { customer: Customer }) {
  const budgets = useQuery(budgetsQuery);
  const [setting, setSetting] = useState(false);
  const today = todayIn(customer.timezone);
  return (
    <Page
      title="Budgets"
      actions={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setSetting(true)}>
          Set a budget
        </Button>
      }
    >
      <Fetched
        query={budgets}
        what="Your budgets"
        isEmpty={(found) => found.length === 0}
        empty={<p className="nothing">No budgets yet. A budget is a limit for a category; Steward says when spending runs ahead of it.</p>}
      >
        {(found) => (
          <ul className="tiles">
            {found.map((budget) => (
              <li key={budget.id} className="card">
                <BudgetBar budget={budget} today={today} />
                <Removing budget={budget} />
              </li>
            ))}
          </ul>
        )}
      </Fetched>
      <SetBudget open={setting} currency={customer.currency} onClose={() => setSetting(false)} />
    </Page>
  );
}

function Removing({ budget }: { budget: Budget }) {
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeBudget(budget.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['budgets'] }),
  });
  return (
    <>
      <Popconfirm title={`Remove the budget for ${budget.category}?`} okText="Remove" onConfirm={() => removing.mutate()}>
        <button type="button" className="link" disabled={removing.isPending}>
          Remove<span className="hidden-words"> the budget for {budget.category}</span>
        </button>
      </Popconfirm>
      {removing.isError && <Failure what="The budget was not removed." error={removing.error} />}
    </>
  );
}
