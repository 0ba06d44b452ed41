import { infiniteQueryOptions } from '@tanstack/react-query';

import type { AccountKind } from './accounts';
import { client, read } from './client';
import type { components } from './schema';

export type ColumnRef = string | number;
/** Which column is what, by header or by place from 0; null says that the file has none. Read by the app, which refuses what it does not know. */
export interface Mapping {
  date?: ColumnRef | null;
  amount?: ColumnRef | null;
  debit?: ColumnRef | null;
  credit?: ColumnRef | null;
  category?: ColumnRef | null;
  balance?: ColumnRef | null;
  description?: ColumnRef | ColumnRef[] | null;
  counterparty?: ColumnRef | ColumnRef[] | null;
  date_format?: string | null;
  decimal?: string | null;
  sign?: string | null;
  [other: string]: unknown;
}
export type Preview = components['schemas']['Preview'];
export type RejectedRow = components['schemas']['Rejected'];
export type ImportRecord = components['schemas']['Import'];
export type Imported = components['schemas']['Imported'];

export interface ImportForm {
  file: File;
  accountName?: string | undefined;
  accountKind?: AccountKind | undefined;
  currency?: string | undefined;
  mapping?: Mapping | undefined;
  openingBalanceMinor?: number | undefined;
}

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports'],
  queryFn: ({ pageParam, signal }) =>
    read(client.GET('/v1/imports', { params: { query: pageParam === '' ? {} : { cursor: pageParam } }, signal })),
  initialPageParam: '',
  getNextPageParam: (page) => (page.has_more ? page.next_cursor : undefined),
});

export function previewImport(form: ImportForm, signal: AbortSignal): Promise<Preview> {
  return read(client.POST('/v1/imports/preview', { body: { file: '' }, bodySerializer: () => multipart(form), signal }));
}

/** Under one key the file is taken in once, however often the request is sent. */
export function importFile(form: ImportForm, idempotencyKey: string): Promise<Imported> {
  return read(
    client.POST('/v1/imports', {
      params: { header: { 'Idempotency-Key': idempotencyKey } },
      body: { file: '', account_name: '', account_kind: 'checking', currency: '' },
      bodySerializer: () => multipart(form),
    }),
  );
}

export function undoImport(importId: string): Promise<components['schemas']['Undone']> {
  return read(client.DELETE('/v1/imports/{import_id}', { params: { path: { import_id: importId } } }));
}

function multipart(form: ImportForm): FormData {
  const parts = new FormData();
  parts.set('file', form.file, form.file.name);
  if (form.accountName !== undefined) parts.set('account_name', form.accountName);
  if (form.accountKind !== undefined) parts.set('account_kind', form.accountKind);
  if (form.currency !== undefined) parts.set('currency', form.currency);
  if (form.mapping !== undefined) parts.set('mapping', JSON.stringify(form.mapping));
  if (form.openingBalanceMinor !== undefined) parts.set('opening_balance_minor', String(form.openingBalanceMinor));
  return parts;
}
