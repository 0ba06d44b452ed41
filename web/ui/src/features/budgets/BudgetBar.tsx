import type { Budget } from '../../api/budgets';
import { formatSpan } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { useShowRows } from '../../lib/rowsContext';
import { paceShare, spentShare, standing } from './standing';

interface Props {
  budget: Budget;
  today: string;
}

/** How much of a budget is spent, and, as a mark, how far its period has gone. */
export function BudgetBar({ budget, today }: Props) {
  const showRows = useShowRows();
  const { category, currency, start_on: start, end_on: end } = budget;
  const spent = formatMoney(budget.spent_minor, currency);
  const mood = budget.over ? 'over' : budget.on_track ? 'calm' : 'ahead';
  const [share, pace] = [spentShare(budget), paceShare(budget, today)];
  return (
    <div className="budget">
      <div className="budget-line">
        <strong>{category}</strong>
        <span>
          <button
            type="button"
            className="figure"
            aria-haspopup="dialog"
            onClick={() =>
              showRows({
                title: `${category}, ${formatSpan(start, end)}`,
                text: spent,
                query: { measure: 'spending', include: { categories: [category] }, period: { start_on: start, end_on: end } },
              })
            }
          >
            {spent}
          </button>{' '}
          <span className="quiet">of {formatMoney(budget.available_minor, currency)}</span>
        </span>
      </div>
      <div
        className={`pace-bar ${mood}`}
        role="img"
        aria-label={`${Math.round(share * 100)} % spent, ${Math.round(pace * 100)} % of the time gone`}
      >
        <i style={{ inlineSize: `${Math.min(1, share) * 100}%` }} />
        <b style={{ insetInlineStart: `calc(${pace * 100}% - 2px)` }} />
      </div>
      <p className="quiet">{standing(budget)}</p>
    </div>
  );
}
