/** A budget's state in shares and words. Shares are for drawing only: no amount is worked out from them. */
import type { Budget } from '../../api/budgets';
import { formatDayShort } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { daysBetween } from '../../lib/periods';

export function spentShare({ spent_minor: spent, available_minor: available }: Pick<Budget, 'spent_minor' | 'available_minor'>): number {
  return available <= 0 ? 1 : Math.max(0, spent) / available;
}

/** How much of the period has gone by, its present day included. */
export function paceShare({ start_on: start, end_on: end }: Pick<Budget, 'start_on' | 'end_on'>, today: string): number {
  const days = daysBetween(start, end) + 1;
  return Math.min(1, Math.max(0, (daysBetween(start, today) + 1) / days));
}

export function standing(budget: Budget): string {
  const { over, on_track: onTrack, left_minor: left, over_minor: overBy, projected_minor: projected, currency, end_on: end } = budget;
  if (over) return `${formatMoney(overBy, currency)} over until ${formatDayShort(end)}`;
  const leftWords = `${formatMoney(left, currency)} left until ${formatDayShort(end)}`;
  return onTrack ? leftWords : `${leftWords}, heading for ${formatMoney(projected, currency)}`;
}

const CALENDAR_ANCHOR = '2001-01-01';

/** "a month", "2 weeks", "a month from the 25th", "pay to pay". */
export function periodWords({
  period,
  every_count: every,
  anchor_on: anchor,
}: Pick<Budget, 'period' | 'every_count' | 'anchor_on'>): string {
  if (period === 'payday') return every === 1 ? 'pay to pay' : `${every} pays`;
  const length = every === 1 ? `a ${period}` : `${every} ${period}s`;
  return anchor === CALENDAR_ANCHOR ? length : `${length}, counted from ${formatDayShort(anchor)}`;
}
