/** A proposal's arguments and effect as lines to read, to the letter and in the order in which they came. */
import { isRecord } from '../../api/problem';
import { formatMoney } from '../../lib/money';
import type { Proposal } from './turn';

export interface ArgumentLine {
  name: string;
  value: string;
  from: string;
}

const TITLES: Record<string, string> = { budget: 'Set a budget', transfer: 'Transfer between your accounts' };

export function proposalTitle(kind: string): string {
  return TITLES[kind] ?? words(kind);
}

export function argumentLines(proposal: Proposal, home: string): ArgumentLine[] {
  const currency = plain(proposal.arguments['currency']) || home;
  return Object.entries(proposal.arguments)
    .filter(([key, value]) => key !== 'currency' && value !== null && value !== '')
    .map(([key, value]) => ({
      name: nameOf(key),
      value: valueOf(key, value, currency),
      from: plain(proposal.provenance[key]).replace(/^from /, ''),
    }));
}

/** What stands before and what would stand after, and whatever else the effect says in words. */
export function effectLines(effect: unknown, home: string): string[] {
  if (!isRecord(effect)) return plain(effect) === '' ? [] : [plain(effect)];
  const currency = plain(effect['currency']) || home;
  const before = isRecord(effect['before']) ? effect['before'] : {};
  const after = isRecord(effect['after']) ? effect['after'] : {};
  const changes = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] != null || after[key] != null)
    .map((key) => `${nameOf(key)}: ${valueOf(key, before[key], currency)} → ${valueOf(key, after[key], currency)}`);
  const said = Object.entries(effect).filter(([key]) => !['before', 'after', 'currency'].includes(key));
  return [
    ...changes,
    ...said.map(([key, value]) => (typeof value === 'string' ? sentenceCase(value) : `${nameOf(key)}: ${valueOf(key, value, currency)}`)),
  ];
}

function valueOf(key: string, value: unknown, currency: string): string {
  if (value == null) return 'none';
  if (key.endsWith('_minor') && typeof value === 'number') return formatMoney(value, currency);
  if (isRecord(value))
    return plain(value['name']) === ''
      ? JSON.stringify(value)
      : `${plain(value['name'])}${plain(value['id']) === '' ? '' : ` (${plain(value['id'])})`}`;
  return plain(value) || JSON.stringify(value);
}

function nameOf(key: string): string {
  return words(key.replace(/_minor$/, ''));
}

function words(key: string): string {
  return sentenceCase(key.replaceAll('_', ' ').trim());
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function plain(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
