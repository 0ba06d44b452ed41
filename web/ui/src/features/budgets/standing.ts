/** A budget's state in shares and words. Shares are for drawing only: no amount is worked out from them. */
import type { Budget } from '../../api/budgets';
import { formatMoney } from '../../lib/money';
import { daysBetween } from '../../lib/periods';

export function spentShare({ spent_minor: spent, limit_minor: limit }: Budget): number {
  return limit <= 0 ? 1 : Math.max(0, spent) / limit;
}

/** How much of the period has gone by, its present day included. */
export function paceShare({ start_on: start, end_on: end }: Pick<Budget, 'start_on' | 'end_on'>, today: string): number {
  const days = daysBetween(start, end) + 1;
  return Math.min(1, Math.max(0, (daysBetween(start, today) + 1) / days));
}

export function standing({ over, on_track: onTrack, left_minor: left, projected_minor: projected, currency }: Budget): string {
  if (over) return `${formatMoney(-left, currency)} over`;
  const leftWords = `${formatMoney(left, currency)} left`;
  return onTrack ? leftWords : `${leftWords}, heading for ${formatMoney(projected, currency)}`;
}
