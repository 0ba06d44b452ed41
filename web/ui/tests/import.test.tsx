import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { problem } from './fake/reply.ts';
import { openApp, withAccount } from './open';

const FILE = new File(['Date,Text,Amount,Type\n03/04/2026,CORNER GROCER,-23.50,Groceries\n'], 'bank.csv', { type: 'text/csv' });

async function chooseFile(user: UserEvent) {
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  await user.upload(await screen.findByLabelText('Bank file'), FILE);
}

async function sayDayFirst(user: UserEvent) {
  await user.click(await screen.findByRole('radio', { name: /day first/ }));
}

test('an ambiguous file is asked about, corrected by the answer, and imported', async () => {
  const { fake, user } = await openApp({ prepare: withAccount });
  await chooseFile(user);
  const question = await screen.findByRole('group', { name: /3rd of April or the 4th of March/ });
  expect(screen.getByText('Answer the questions above first.')).toBeVisible();

  await user.click(within(question).getByRole('radio', { name: /month first/ }));
  const rows = await screen.findByRole('region', { name: '3 rows as read' });
  expect(rows).toHaveTextContent(/Mar 4, 2026|4 Mar 2026/);
  expect(rows).toHaveTextContent('-€23.50');
  await waitFor(() => expect(screen.getByRole('radio', { name: /month first/ })).toBeChecked());

  await user.type(screen.getByLabelText('Name of the account'), 'Second account');
  const imports = screen.getByRole('button', { name: 'Import 3 rows' });
  await waitFor(() => expect(imports).toBeEnabled());
  await user.click(imports);
  expect(await screen.findByText('3 rows imported')).toBeVisible();
  const sent = fake.seen.at(-1)?.body as Record<string, string>;
  expect(sent).toMatchObject({ account_name: 'Second account', account_kind: 'checking', currency: 'EUR' });
  expect(JSON.parse(sent['mapping'] ?? '')).toEqual({ date_format: '%m/%d/%Y' });
  expect(sent['file']).toHaveProperty('size', FILE.size);
});

test('rejected rows say their line and why', async () => {
  const { user } = await openApp({ prepare: withAccount });
  await chooseFile(user);
  await sayDayFirst(user);
  expect(await screen.findByRole('heading', { name: '1 row rejected' })).toBeVisible();
  expect(screen.getByText('Line 5').parentElement).toHaveTextContent('The amount is not a number.');
});

test('an account that is known brings its kind and currency, and duplicates are said', async () => {
  const { fake, user } = await openApp({ prepare: withAccount });
  await chooseFile(user);
  await sayDayFirst(user);
  await user.click(await screen.findByRole('combobox', { name: 'Import into' }));
  await user.click(await screen.findByText('Everyday account', { selector: '.ant-select-item-option-content' }));
  expect(await screen.findByText('1 row, left out')).toBeVisible();
  expect(screen.queryByLabelText('Name of the account')).not.toBeInTheDocument();
  expect(fake.seen.at(-1)?.body).toMatchObject({ account_name: 'Everyday account', account_kind: 'checking' });
});

test('an opening balance that reads two ways is refused', async () => {
  const { user } = await openApp();
  await chooseFile(user);
  await user.type(await screen.findByLabelText('Opening balance (optional)'), '1.234');
  expect(screen.getByText(/cannot be read in one way/)).toBeVisible();
});

test('a spreadsheet that is dropped is turned away before it is sent', async () => {
  const { fake, user } = await openApp();
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  const zone = (await screen.findByLabelText('Bank file')).closest('label') as HTMLElement;
  fireEvent.drop(zone, { dataTransfer: { files: [new File(['x'], 'bank.xlsx')] } });
  expect(await screen.findByRole('alert')).toHaveTextContent('bank.xlsx cannot be read.');
  expect(fake.seen).toEqual([]);
});

test('a file that the app cannot read keeps the person on the page with the reason', async () => {
  const { user } = await openApp({
    prepare: (fake) => fake.instead('POST /v1/imports/preview', () => problem(422, 'file_is_no_table', 'The file holds no table.')),
  });
  await chooseFile(user);
  expect(await screen.findByText(/The file holds no table/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Choose another file' })).toBeVisible();
});

test('a file that names its account asks nothing, brings its kind, and offers what it left out', async () => {
  const { fake, user } = await openApp({
    prepare: (fake) => {
      const card = { label: 'card ...1111 EUR', kind: 'card', currency: 'EUR', rows_count: 3 };
      fake.previewed = { format: 'ofx', account: card, columns: [], guess: null, questions: [], rows_count: 3 };
      fake.others = [{ label: 'savings ...1222 EUR', kind: 'savings', currency: 'EUR', rows_count: 1 }];
    },
  });
  await chooseFile(user);
  expect(await screen.findByText('card ...1111 EUR')).toBeVisible();
  expect(screen.getByText('OFX')).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Columns' })).not.toBeInTheDocument();
  await user.type(screen.getByLabelText('Name of the account'), 'Visa');
  const imports = await screen.findByRole('button', { name: 'Import 3 rows' });
  await waitFor(() => expect(imports).toBeEnabled());
  await user.click(imports);
  expect(await screen.findByText(/savings \.\.\.1222 EUR \(1 row\)/)).toBeVisible();
  expect(fake.seen.at(-1)?.body).toMatchObject({ account_name: 'Visa', account_kind: 'card' });
  await user.click(screen.getByRole('button', { name: 'Import another account of this file' }));
  expect(await screen.findByLabelText('Name of the account')).toHaveValue('');
});

test('an account in another currency than the file is no place for it', async () => {
  const { user } = await openApp({
    prepare: (fake) => {
      withAccount(fake);
      const account = { label: '...2957 CHF', kind: null, currency: 'CHF', rows_count: 3 };
      fake.previewed = { format: 'camt', account, columns: [], questions: [], rows_count: 3 };
    },
  });
  await chooseFile(user);
  await user.click(await screen.findByRole('combobox', { name: 'Import into' }));
  await user.click(await screen.findByText('Everyday account', { selector: '.ant-select-item-option-content' }));
  expect(await screen.findByText('The file is in CHF, this account in EUR.')).toBeVisible();
});

test('an import is undone after a second thought', async () => {
  const { user } = await openApp({
    prepare: (fake) =>
      fake.imports.push({
        id: 'imp_1',
        account_id: 'acc_1',
        account_name: 'Everyday account',
        file_name: 'everyday.csv',
        rejected_count: 0,
        imported: 12,
        duplicates: 0,
        created_at: '2026-11-20T10:00:00Z',
        undone_at: null,
      }),
  });
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  await user.click(await screen.findByRole('button', { name: 'Undo the import of everyday.csv' }));
  await user.click(await screen.findByRole('button', { name: 'Undo the import' }));
  expect(await screen.findByText(/undone/)).toBeVisible();
});
