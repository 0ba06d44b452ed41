import { useQuery } from '@tanstack/react-query';

import { budgetsQuery } from '../../api/budgets';
import { Card } from '../../lib/Card';
import { Fetched } from '../../lib/Fetched';
import { Link } from '../../lib/Link';
import { BudgetBar } from './BudgetBar';

const SHOWN = 4;

/** The budgets that need a look first. */
export function BudgetsCard({ today }: { today: string }) {
  const budgets = useQuery(budgetsQuery);
  return (
    <Card title="Budgets" more={{ href: '/budgets', label: 'All budgets' }}>
      <Fetched
        query={budgets}
        what="Your budgets"
        isEmpty={(found) => found.length === 0}
        empty={
          <p className="quiet">
            No budgets yet. <Link href="/budgets">Set the first one</Link>
          </p>
        }
      >
        {(found) => (
          <ul className="budgets">
            {[...found]
              .sort((one, other) => concern(one) - concern(other))
              .slice(0, SHOWN)
              .map((budget) => (
                <li key={budget.id}>
                  <BudgetBar budget={budget} today={today} />
                </li>
              ))}
          </ul>
        )}
      </Fetched>
    </Card>
  );
}

function concern({ over, on_track: onTrack }: { over: boolean; on_track: boolean }): number {
  return over ? 0 : onTrack ? 2 : 1;
}
