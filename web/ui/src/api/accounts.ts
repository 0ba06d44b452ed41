import { queryOptions } from '@tanstack/react-query';

import { client, read } from './client';
import type { components } from './schema';

export type Account = components['schemas']['Account'];
export type AccountKind = Account['kind'];

export const ACCOUNT_KINDS: readonly { value: AccountKind; label: string }[] = [
  { value: 'checking', label: 'Current account' },
  { value: 'savings', label: 'Savings' },
  { value: 'card', label: 'Credit card' },
  { value: 'cash', label: 'Cash' },
  { value: 'brokerage', label: 'Brokerage' },
];

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: async ({ signal }) => (await read(client.GET('/v1/accounts', { signal }))).data,
});

/** Tells a balance that the file did not: `balanceMinor` at the end of the day `on`, signed from the account's view. */
export function tellBalance(accountId: string, balanceMinor: number, on: string): Promise<Account> {
  return read(
    client.POST('/v1/accounts/{account_id}/opening-balance', {
      params: { path: { account_id: accountId } },
      body: { balance_minor: balanceMinor, on },
    }),
  );
}
