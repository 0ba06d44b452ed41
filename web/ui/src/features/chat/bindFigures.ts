/** Finds each figure of an answer in its text, so that every one of them can be pressed. */
import type { Figure } from './turn';

export interface Span {
  text: string;
  figure: Figure | null;
}

interface Claim {
  start: number;
  end: number;
  figure: Figure;
}

/**
 * Figures claim their occurrences in order: the first free one after the previous claim, else any free one.
 * A text that is said again belongs to the same figure, when only one figure reads so. "12" never claims a part of "112" or "12.50".
 */
export function bindFigures(text: string, figures: readonly Figure[]): Span[] {
  const claims: Claim[] = [];
  let cursor = 0;
  for (const figure of figures) {
    const free = freeOccurrences(text, figure, claims);
    const start = free.find((position) => position >= cursor) ?? free[0];
    if (start === undefined) continue;
    cursor = start + figure.text.length;
    claims.push({ start, end: cursor, figure });
  }
  for (const figure of figures) {
    if (figures.filter((other) => other.text === figure.text).length > 1) continue;
    for (const start of freeOccurrences(text, figure, claims)) claims.push({ start, end: start + figure.text.length, figure });
  }
  return spansOf(text, claims);
}

function freeOccurrences(text: string, figure: Figure, claims: readonly Claim[]): number[] {
  return occurrences(text, figure.text).filter((start) =>
    claims.every((claim) => start + figure.text.length <= claim.start || start >= claim.end),
  );
}

function occurrences(text: string, wanted: string): number[] {
  const found: number[] = [];
  if (wanted === '') return found;
  for (let start = text.indexOf(wanted); start !== -1; start = text.indexOf(wanted, start + wanted.length)) {
    const before = text.slice(0, start);
    const after = text.slice(start + wanted.length);
    const joinsBefore = /^\d/.test(wanted) && /\d[.,]?$/.test(before);
    const joinsAfter = /\d$/.test(wanted) && /^[.,]?\d/.test(after);
    if (!joinsBefore && !joinsAfter) found.push(start);
  }
  return found;
}

function spansOf(text: string, claims: readonly Claim[]): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const { start, end, figure } of [...claims].sort((one, other) => one.start - other.start)) {
    if (start > at) spans.push({ text: text.slice(at, start), figure: null });
    spans.push({ text: text.slice(start, end), figure });
    at = end;
  }
  if (at < text.length) spans.push({ text: text.slice(at), figure: null });
  return spans;
}
