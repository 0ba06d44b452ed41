import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { type Budget, budgetsQuery } from '../../api/budgets';
import type { Customer } from '../../api/session';
import { todayIn } from '../../lib/dates';
import { Fetched } from '../../lib/Fetched';
import { Page } from '../../lib/Page';
import { BudgetTile } from './BudgetTile';
import { SetBudget } from './SetBudget';

export default function BudgetsPage({ customer }: { customer: Customer }) {
  const budgets = useQuery(budgetsQuery);
  const [setting, setSetting] = useState<Budget | 'new' | null>(null);
  const today = todayIn(customer.timezone);
  return (
    <Page
      title="Budgets"
      actions={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setSetting('new')}>
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
              <BudgetTile key={budget.id} budget={budget} today={today} onEdit={() => setSetting(budget)} />
            ))}
          </ul>
        )}
      </Fetched>
      <SetBudget setting={setting} currency={customer.currency} onClose={() => setSetting(null)} />
    </Page>
  );
}
