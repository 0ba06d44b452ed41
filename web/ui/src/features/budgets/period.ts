/** A budget's period between the form and the app. */
import type { Budget, NewBudget } from '../../api/budgets';

export interface PeriodChoice {
  unit: Unit;
  every: string;
  anchor?: string;
}

type Named = Extract<NewBudget['period'], object>;
type Unit = Named['unit'];

const CALENDAR_ANCHOR = '2001-01-01';
const UNITS: readonly Unit[] = ['day', 'week', 'month', 'quarter', 'year', 'payday'];

export function periodFrom({ unit, every, anchor }: PeriodChoice): Named {
  const anchored = anchor === undefined || anchor === '' || unit === 'payday' ? {} : { anchor_on: anchor };
  return { unit, every: Number(every.trim()), ...anchored } as Named;
}

export function periodOf(budget: Budget | null): PeriodChoice {
  if (budget === null) return { unit: 'month', every: '1', anchor: '' };
  const unit = UNITS.find((known) => known === budget.period) ?? 'month';
  return { unit, every: String(budget.every_count), anchor: budget.anchor_on === CALENDAR_ANCHOR ? '' : budget.anchor_on };
}
