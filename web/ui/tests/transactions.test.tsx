import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { FACTS } from './fake/books.ts';
import { problem } from './fake/reply.ts';
import { openApp, withAccount } from './open';

test('rows are listed by day with their total', async () => {
  await openApp({ at: '/transactions', prepare: withAccount });
  const list = await screen.findByRole('region', { name: 'Transactions' });
  expect(within(list).getAllByText('Corner Grocer')[0]).toBeVisible();
  expect(within(list).getByText('-€10.15')).toBeVisible();
  expect(await screen.findByText('27 transactions')).toBeVisible();
});

test('of many rows only those in view are drawn', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => ({ ...FACTS[0], id: `txn_${index}` })) as typeof FACTS;
  await openApp({
    at: '/transactions',
    prepare: (fake) => {
      withAccount(fake);
      fake.facts = many;
      fake.pageRows = 5000;
    },
  });
  const list = await screen.findByRole('region', { name: 'Transactions' });
  const drawn = within(list).getAllByRole('listitem').length;
  expect(drawn).toBeGreaterThan(10);
  expect(drawn).toBeLessThan(60);
});

test('words that are searched for become chips in the address, and go again', async () => {
  const { user } = await openApp({ at: '/transactions', prepare: withAccount });
  await user.type(await screen.findByLabelText('Search transactions'), 'tram{Enter}');
  expect(await screen.findByRole('button', { name: 'Remove “tram”' })).toBeVisible();
  expect(window.location.search).toBe('?word=tram');
  await waitFor(() => expect(screen.queryByText('Corner Grocer')).not.toBeInTheDocument());
  await user.click(screen.getByRole('button', { name: 'Remove “tram”' }));
  expect((await screen.findAllByText('Corner Grocer')).length).toBeGreaterThan(0);
});

test('words that could not be read are said, and the rest is looked for', async () => {
  const { user } = await openApp({ at: '/transactions', prepare: withAccount });
  await user.type(await screen.findByLabelText('Search transactions'), 'tram gibberish{Enter}');
  expect(await screen.findByText(/Not understood: gibberish/)).toBeVisible();
  expect(window.location.search).toBe('?word=tram');
});

test('while the search that understands is away, the words are looked for as they stand', async () => {
  const { user } = await openApp({
    at: '/transactions',
    prepare: (fake) => fake.instead('POST /v1/search', () => problem(503, 'assistant_is_away', 'Its models are not there.')),
  });
  await user.type(await screen.findByLabelText('Search transactions'), 'tram pass{Enter}');
  expect(await screen.findByText(/Looked for as words/)).toBeVisible();
  expect(window.location.search).toBe('?word=tram&word=pass');
});

test('filters are set in a form, and what matches nothing says so', async () => {
  const { user } = await openApp({ at: '/transactions?category=Leisure', prepare: withAccount });
  await user.click(await screen.findByRole('button', { name: 'Filters' }));
  const form = await screen.findByRole('dialog', { name: 'Filters' });
  await user.type(within(form).getByLabelText('To'), '2019-12-31');
  await user.click(within(form).getByRole('button', { name: 'Show these' }));
  expect(await screen.findByText(/No booking matches all of these/)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Remove Leisure' })).toBeVisible();
  expect(screen.getByRole('button', { name: /Remove Until .*2019/ })).toBeVisible();
});

test('a figure at home shows the rows behind it', async () => {
  const { user } = await openApp({
    prepare: (fake) => {
      withAccount(fake);
      fake.facts = fake.facts.map((fact) => ({ ...fact, booked_on: new Date().toISOString().slice(0, 10) }));
    },
  });
  await user.click(await screen.findByRole('button', { name: /^Leisure/ }));
  const dialog = await screen.findByRole('dialog');
  expect(await within(dialog).findByText('13 rows')).toBeVisible();
  await user.click(within(dialog).getByRole('link', { name: 'Open these in Transactions' }));
  expect(await screen.findByRole('button', { name: 'Remove Leisure' })).toBeVisible();
});
