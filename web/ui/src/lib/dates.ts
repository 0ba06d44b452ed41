/** Days are ISO dates without a zone: they are read and shown in UTC, so that no zone can move them. */
import { LOCALE } from './locale';

const DAY = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const DAY_SHORT = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', timeZone: 'UTC' });

const DAY_LONG = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const WEEKDAY = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', timeZone: 'UTC' });
const A_MONDAY = Date.UTC(2024, 0, 1);

export function formatDay(iso: string): string {
  const day = parseDay(iso);
  return day === null ? iso : DAY.format(day);
}

export function formatDayShort(iso: string): string {
  const day = parseDay(iso);
  return day === null ? iso : DAY_SHORT.format(day);
}

/** "Friday, 20 November". */
export function formatDayLong(iso: string): string {
  const day = parseDay(iso);
  return day === null ? iso : DAY_LONG.format(day);
}

/** "November 2026". */
export function formatMonth(iso: string): string {
  const day = parseDay(iso);
  return day === null ? iso : MONTH.format(day);
}

/** ISO: Monday is 1. */
export function weekdayName(weekday: number): string {
  return WEEKDAY.format(new Date(A_MONDAY + (weekday - 1) * 86_400_000));
}

export function formatSpan(firstOn: string | null | undefined, lastOn: string | null | undefined): string {
  const first = firstOn == null ? null : parseDay(firstOn);
  const last = lastOn == null ? null : parseDay(lastOn);
  return first === null || last === null ? '' : DAY.formatRange(first, last);
}

/** A moment (RFC 3339) in the customer's zone. */
export function formatMoment(moment: string, timeZone: string): string {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}

/** Today in the customer's zone as an ISO date. */
export function todayIn(timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone }).format(new Date());
}

function parseDay(iso: string): Date | null {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
}
