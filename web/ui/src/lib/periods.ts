/** Whole days around a day, in a calendar without zones. */
import type { Period } from '../api/books';

/** Where a period is open at one end. */
export const FIRST_DAY = '0001-01-01';
export const LAST_DAY = '9999-12-31';

const DAY_MS = 86_400_000;

export function monthOf(on: string): Period {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  return { start_on: `${on.slice(0, 7)}-01`, end_on: iso(Date.UTC(year, month, 0)) };
}

/** The month that lies so many months from the one of `on`. */
export function monthFrom(on: string, months: number): Period {
  const [year, month] = [Number(on.slice(0, 4)), Number(on.slice(5, 7))];
  return monthOf(iso(Date.UTC(year, month - 1 + months, 1)));
}

export function daysFrom(on: string, days: number): string {
  return iso(Date.parse(`${on}T00:00:00Z`) + days * DAY_MS);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** ISO: Monday is 1. */
export function weekdayOf(on: string): number {
  return new Date(`${on}T00:00:00Z`).getUTCDay() || 7;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
