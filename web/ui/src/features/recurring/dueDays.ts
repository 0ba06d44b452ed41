/** The days of a month with what was paid on them and what is due. */
import type { Period } from '../../api/books';
import type { CashFlowRow, Recurring } from '../../api/recurring';
import { daysBetween, daysFrom } from '../../lib/periods';

export interface DueEntry {
  key: string;
  label: string;
  /** Signed: what goes out is below 0. */
  minor: number;
  paid: boolean;
}

export interface DueDay {
  on: string;
  entries: DueEntry[];
}

export function dueDays(month: Period, presentMonth: Period, items: readonly Recurring[], coming: readonly CashFlowRow[]): DueDay[] {
  const byDay = new Map<string, DueEntry[]>();
  const add = (on: string, entry: DueEntry) => {
    const known = byDay.get(on) ?? [];
    if (!known.some(({ key }) => key === entry.key)) byDay.set(on, [...known, entry]);
  };
  if (month.start_on === presentMonth.start_on) {
    for (const { id, merchant, last_on: on, last_minor: last, kind } of items)
      add(on, { key: `paid ${id}`, label: merchant, minor: kind === 'income' ? last : -last, paid: true });
  }
  for (const { due_on: on, label, amount_minor: minor, recurring_id: id } of coming)
    if (minor !== 0) add(on, { key: `due ${id ?? label}`, label, minor, paid: false });
  const count = daysBetween(month.start_on, month.end_on) + 1;
  return Array.from({ length: count }, (_, day) => {
    const on = daysFrom(month.start_on, day);
    return { on, entries: byDay.get(on) ?? [] };
  });
}
