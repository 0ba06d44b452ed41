import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { problem } from './fake/reply.ts';
import { openApp, withAccount } from './open';

test('a balance is shown from minor units, and a card says what is owed', async () => {
  await openApp({
    prepare: (fake) => {
      withAccount(fake);
      withAccount(fake, { id: 'acc_2', name: 'Blue card', kind: 'card', owed: true, balance: { amount_minor: 41822, currency: 'EUR' } });
    },
  });
  const card = (await screen.findByText('Blue card')).closest('li');
  expect(screen.getByText('€2,486.17')).toBeVisible();
  expect(card).toHaveTextContent('€418.22owed');
});

test('an unknown balance is said, and can be told', async () => {
  const { fake, user } = await openApp({ prepare: (fake) => withAccount(fake, { balance: null }) });
  expect(await screen.findByText('Balance unknown')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Tell it for Everyday account' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Balance (EUR)'), '1,234.5');
  expect(within(dialog).getByText('Read as €1,234.50')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Save the balance' }));
  expect(await screen.findByText('€1,234.50')).toBeVisible();
  expect(fake.seen.at(-1)?.body).toEqual({ balance_minor: 123450, on: '2026-11-19' });
});

test("what is owed on a card is told as a debt of the account's", async () => {
  const { fake, user } = await openApp({ prepare: (fake) => withAccount(fake, { kind: 'card', owed: true, balance: null }) });
  await user.click(await screen.findByRole('button', { name: /Tell it/ }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Owed on the card (EUR)'), '500');
  await user.click(within(dialog).getByRole('button', { name: 'Save the balance' }));
  await waitFor(() => expect(fake.seen.at(-1)?.body).toMatchObject({ balance_minor: -50000 }));
});

test('no accounts lead to the import', async () => {
  const { user } = await openApp();
  expect(await screen.findByText(/No accounts yet/)).toBeVisible();
  await user.click(screen.getAllByRole('button', { name: 'Import a bank export' })[0] as HTMLElement);
  expect(await screen.findByLabelText('Bank file')).toBeInTheDocument();
});

test('a busy app is said where it matters, with a way to try again', async () => {
  const busy = () => problem(503, 'core_is_starting', 'starting');
  const { user } = await openApp({
    prepare: (fake) => {
      withAccount(fake);
      fake.instead('GET /v1/budgets', busy, busy, busy);
    },
  });
  const failure = await screen.findByText(/Steward is busy or starting/, undefined, { timeout: 10_000 });
  await user.click(within(failure.closest('.failure') as HTMLElement).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/No budgets yet/)).toBeVisible();
  expect(screen.getByText('Everyday account')).toBeVisible();
});
