import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { type Goal, goalsQuery } from '../../api/goals';
import type { Customer } from '../../api/session';
import { Fetched } from '../../lib/Fetched';
import { Page } from '../../lib/Page';
import { GoalForm } from './GoalForm';
import { GoalTile } from './GoalTile';

export default function GoalsPage({ customer }: { customer: Customer }) {
  const goals = useQuery(goalsQuery);
  const [editing, edit] = useState<Goal | 'new' | null>(null);
  return (
    <Page
      title="Goals"
      actions={
        <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => edit('new')}>
          New goal
        </Button>
      }
    >
      <Fetched
        query={goals}
        what="Your goals"
        isEmpty={(found) => found.length === 0}
        empty={<p className="nothing">No goals yet. Name one, and Steward says what it takes each month, and when you will be there.</p>}
      >
        {(found) => (
          <ul className="tiles">
            {found.map((goal) => (
              <GoalTile key={goal.id} goal={goal} onEdit={() => edit(goal)} />
            ))}
          </ul>
        )}
      </Fetched>
      <GoalForm editing={editing} currency={customer.currency} onClose={() => edit(null)} />
    </Page>
  );
}
