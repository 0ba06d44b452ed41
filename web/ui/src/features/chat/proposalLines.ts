/** A proposal's arguments and effect as lines to read, to the letter and in the order in which they came. */
import { isRecord } from '../../api/problem';
import type { StoredProposal } from '../../api/proposals';
import { formatMoney } from '../../lib/money';
import type { Proposal } from './turn';

export interface ArgumentLine {
  name: string;
  value: string;
  from: string;
}

const TITLES: Record<string, string> = {
  budget: 'Set a budget',
  goal: 'Set a savings goal',
  category_rule: 'Sort payments into a category',
  transfer: 'Transfer between your accounts',
};
export const STATUS_WORDS: Record<string, string> = {
  proposed: 'Proposed, not done',
  confirmed: 'Being carried out',
  waiting: 'Waiting for your bank',
  executed: 'Done',
  failed: 'Not possible',
  cancelled: 'Cancelled',
  expired: 'Expired',
};
const SILENT = ['currency', 'way'];

/** `waiting`: confirmed, and the bank's records do not show it yet. */
export function statusOf(stored: StoredProposal | undefined): string {
  if (stored === undefined) return 'proposed';
  return stored.status === 'confirmed' && isRecord(stored.outcome?.['instruction']) ? 'waiting' : stored.status;
}

/** What came of it: the data to write at the bank, or why it was not possible. */
export function outcomeLines(stored: StoredProposal | undefined): string[] {
  const outcome = stored?.outcome;
  if (!isRecord(outcome)) return [];
  if (stored?.status === 'failed') return [sentenceCase(plain(outcome['detail']))];
  const instruction = outcome['instruction'];
  if (!isRecord(instruction)) return [];
  if (plain(instruction['done_at']) !== '') return ['Your bank’s records show that it was made.'];
  return [`Make this transfer at your bank, with the reference ${plain(instruction['reference'])}.`];
}

export function proposalTitle(kind: string): string {
  return TITLES[kind] ?? words(kind);
}

export function argumentLines(proposal: Proposal, home: string): ArgumentLine[] {
  const currency = plain(proposal.arguments['currency']) || home;
  return Object.entries(proposal.arguments)
    .filter(([key, value]) => !SILENT.includes(key) && value !== null && value !== '' && !(key === 'every_count' && value === 1))
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
  const said = Object.entries(effect).filter(([key]) => !['before', 'after', ...SILENT].includes(key));
  return [
    ...changes,
    ...said.map(([key, value]) => (typeof value === 'string' ? sentenceCase(value) : `${nameOf(key)}: ${valueOf(key, value, currency)}`)),
  ];
}

function valueOf(key: string, value: unknown, currency: string): string {
  if (value == null) return 'none';
  if (key.endsWith('_minor') && typeof value === 'number') return formatMoney(value, currency);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (key === 'match' && isRecord(value)) return plain(value['merchant']) || `whatever holds “${plain(value['text'])}”`;
  if (isRecord(value))
    return plain(value['name']) === ''
      ? JSON.stringify(value)
      : `${plain(value['name'])}${plain(value['id']) === '' ? '' : ` (${plain(value['id'])})`}`;
  return plain(value) || JSON.stringify(value);
}

function nameOf(key: string): string {
  return words(key.replace(/_(minor|on)$/, ''));
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
