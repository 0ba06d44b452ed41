/** An import that is being prepared: the file, where it goes, and what the person said about its columns. */
import type { AccountKind } from '../../api/accounts';
import type { Mapping, Preview } from '../../api/imports';
import type { ImportQuestion } from '../../api/problem';
import { parseMoney } from '../../lib/money';

export interface Draft {
  file: File;
  key: string;
  accountId: string | null;
  accountName: string;
  accountKind: AccountKind;
  currency: string;
  opening: string;
  changes: Mapping;
  answered: Answered[];
}

/** A file that names its account settles the kind and the currency of a new one. */
export function settle(draft: Draft, preview: Preview): Draft {
  if (draft.accountId !== null || preview.account === null) return draft;
  const accountKind = preview.account.kind ?? draft.accountKind;
  const currency = preview.account.currency ?? draft.currency;
  return accountKind === draft.accountKind && currency === draft.currency ? draft : { ...draft, accountKind, currency };
}

export interface Answered {
  question: ImportQuestion;
  choice: number;
}

export function newDraft(file: File, currency: string): Draft {
  return {
    file,
    key: crypto.randomUUID(),
    accountId: null,
    accountName: '',
    accountKind: 'checking',
    currency,
    opening: '',
    changes: {},
    answered: [],
  };
}

const attempts = new WeakMap<Draft, string>();

/** A draft that is sent again unchanged, after a lost connection, is the same attempt; a changed one is another. */
export function attemptKey(draft: Draft): string {
  const key = attempts.get(draft) ?? crypto.randomUUID();
  attempts.set(draft, key);
  return key;
}

/** The mapping to send: only what the person said, the app completes it; none while nothing was said. */
export function mappingOf(draft: Draft): Mapping | undefined {
  return Object.keys(draft.changes).length === 0 ? undefined : draft.changes;
}

/** A column set by hand takes the place of an answer about it. */
export function remap(draft: Draft, changes: Mapping): Draft {
  return {
    ...draft,
    changes: { ...draft.changes, ...changes },
    answered: draft.answered.filter(({ question }) => !(question.field in changes)),
  };
}

export function answer(draft: Draft, question: ImportQuestion, choice: number): Draft {
  const patch: Mapping = question.choices[choice]?.mapping_patch ?? {};
  const others = draft.answered.filter((known) => !sameQuestion(known.question, question));
  return { ...draft, changes: { ...draft.changes, ...patch }, answered: [...others, { question, choice }] };
}

/** Answered questions stay on screen, so that an answer can be changed; open ones follow. */
export function allQuestions(draft: Draft, open: readonly ImportQuestion[]): { question: ImportQuestion; choice: number | null }[] {
  const unanswered = open.filter((question) => !draft.answered.some((known) => sameQuestion(known.question, question)));
  return [...draft.answered, ...unanswered.map((question) => ({ question, choice: null }))];
}

/** What still keeps the file from being imported, as a sentence; empty when nothing does. */
export function obstacle(draft: Draft, preview: Preview | undefined): string {
  if (preview === undefined) return 'The file is being read.';
  if (allQuestions(draft, preview.questions).some(({ choice }) => choice === null)) return 'Answer the questions above first.';
  if (draft.accountName.trim() === '') return 'Name the account.';
  const told = preview.account?.currency ?? null;
  if (told !== null && told !== draft.currency) return `The file is in ${told}, this account in ${draft.currency}.`;
  if (draft.opening.trim() !== '' && parseMoney(draft.opening, draft.currency) === null) return 'The opening balance cannot be read.';
  if (preview.rows_count === 0) return 'No row of this file could be read with these columns.';
  if (preview.rows_count === preview.duplicates) return 'Every row of this file was imported before.';
  return '';
}

function sameQuestion(one: ImportQuestion, other: ImportQuestion): boolean {
  return one.code === other.code && one.field === other.field;
}
