import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { openApp, withAccount } from './open';

async function choose(user: UserEvent, label: string, category: string) {
  await user.click(await screen.findByRole('combobox', { name: label }));
  await user.click(await screen.findByText(category, { selector: '.ant-select-item-option-content span' }));
}

test('a corrected category offers the rule, and accepting it moves the past bookings', async () => {
  const { fake, user } = await openApp({ at: '/transactions', prepare: withAccount });
  await user.click((await screen.findAllByRole('button', { name: /^Corner Grocer/ }))[0] as HTMLElement);
  await choose(user, 'Category', 'Health');
  expect(await screen.findByText('Always file Corner Grocer under Health?')).toBeVisible();
  expect(screen.getByText('Changes 5 past bookings, and those to come.')).toBeVisible();
  expect(fake.daily.rules).toEqual([]); // nothing is made of it unasked
  await user.click(screen.getByRole('button', { name: 'Always' }));
  expect(await screen.findByText('5 past bookings moved to Health; those to come follow.')).toBeVisible();
  expect(fake.seen.at(-1)).toMatchObject({
    path: '/v1/category-rules',
    body: { match: { merchant: 'Corner Grocer' }, category: 'Health', apply_to_past: true },
  });
});

test('a rule that is declined is not made', async () => {
  const { fake, user } = await openApp({ at: '/transactions', prepare: withAccount });
  await user.click((await screen.findAllByRole('button', { name: /^Corner Grocer/ }))[0] as HTMLElement);
  await choose(user, 'Category', 'Health');
  await user.click(await screen.findByRole('button', { name: 'Only this one' }));
  await waitFor(() => expect(screen.queryByText(/Always file/)).not.toBeInTheDocument());
  expect(fake.daily.rules).toEqual([]);
});

test('a note is kept with the booking', async () => {
  const { fake, user } = await openApp({ at: '/transactions', prepare: withAccount });
  await user.click((await screen.findAllByRole('button', { name: /^Corner Grocer/ }))[0] as HTMLElement);
  await user.type(await screen.findByLabelText('Note'), 'for the party');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(fake.seen.at(-1)).toMatchObject({ path: '/v1/transactions/txn_0', body: { note: 'for the party' } }));
});

test('several bookings are moved at once', async () => {
  const { fake, user } = await openApp({ at: '/transactions', prepare: withAccount });
  const boxes = await screen.findAllByRole('checkbox', { name: /^Select/ });
  await user.click(boxes[0] as HTMLElement);
  await user.click(boxes[1] as HTMLElement);
  expect(screen.getByText('2 bookings selected')).toBeVisible();
  await choose(user, 'Move them to', 'Health');
  await waitFor(() => expect(fake.seen.at(-1)?.body).toEqual({ ids: ['txn_0', 'txn_1'], category: 'Health' }));
  await waitFor(() => expect(screen.queryByText('2 bookings selected')).not.toBeInTheDocument());
});

test('what waits for review is settled by one press', async () => {
  const { fake, user } = await openApp({
    at: '/transactions/review',
    prepare: (prepared) => {
      withAccount(prepared);
      const suggestion = { category: 'Health', confidence_ratio: 0.6 };
      prepared.daily.review = [{ transaction: prepared.facts[3], suggestion, similar_count: 0 }];
    },
  });
  await user.click(await screen.findByRole('button', { name: /Health for Books & Co/ }));
  expect(await screen.findByText(/Nothing waits for you/)).toBeVisible();
  expect(fake.seen.at(-1)?.body).toEqual({ category: 'Health' });
});

test('categories are listed, and lead to their bookings', async () => {
  const { user } = await openApp({ at: '/transactions/categories', prepare: withAccount });
  const line = (await screen.findByText('Leisure', { selector: '.top-level' })).closest('li') as HTMLElement;
  await user.click(within(line).getByRole('link', { name: '3 bookings' }));
  expect(await screen.findByRole('button', { name: 'Remove Leisure' })).toBeVisible();
});
