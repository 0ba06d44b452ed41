import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { SUBSCRIPTION } from './fake/daily.ts';
import { openApp, withAccount } from './open';

test('a price that rose is said with both prices', async () => {
  await openApp({ at: '/recurring', prepare: (fake) => (fake.daily.recurring = [SUBSCRIPTION]) });
  const item = (await screen.findByText('Streamly', { selector: 'strong' })).closest('li') as HTMLElement;
  expect(item).toHaveTextContent('Rose from €9.99 to €12.99 (30 %)');
  expect(item).toHaveTextContent('every month');
  expect(screen.getByText('€155.88 a year')).toBeVisible();
});

test('what is not a subscription can be said not to be one', async () => {
  const { fake, user } = await openApp({ at: '/recurring', prepare: (prepared) => (prepared.daily.recurring = [SUBSCRIPTION]) });
  await user.click(await screen.findByRole('button', { name: 'What Streamly is' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Not a subscription' }));
  expect(await screen.findByText('Not recurring, you said (1)')).toBeVisible();
  expect(fake.seen.at(-1)).toMatchObject({ path: '/v1/recurring/rec_1', body: { hidden: true } });
});

test('home says what will be left by pay day and what comes up', async () => {
  await openApp({ prepare: withAccount });
  const card = (await screen.findByRole('heading', { name: /Until pay day/ })).closest('section') as HTMLElement;
  expect(await within(card).findByText('€2,273.18')).toBeVisible();
  expect(within(card).getByText('Streamly')).toBeVisible();
  expect(card).toHaveTextContent('between €2,173.18 and €2,353.18');
});

test('a budget from pay to pay is set with what carries over', async () => {
  const { fake, user } = await openApp({ at: '/budgets', prepare: withAccount });
  await user.click(await screen.findByRole('button', { name: 'Set a budget' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('combobox', { name: 'Category' }));
  await user.click(await screen.findByText('Groceries', { selector: '.ant-select-item-option-content span' }));
  await user.type(within(dialog).getByLabelText('Limit (EUR)'), '400');
  await user.click(within(dialog).getByLabelText('For each'));
  await user.click(await screen.findByText('Pay to pay', { selector: '.ant-select-item-option-content' }));
  await user.click(within(dialog).getByRole('switch'));
  await user.click(within(dialog).getByRole('button', { name: 'Set the budget' }));
  await waitFor(() =>
    expect(fake.seen.at(-1)).toMatchObject({
      path: '/v1/budgets',
      body: { category: 'Groceries', amount_minor: 40000, currency: 'EUR', rollover: true, period: { unit: 'payday', every: 1 } },
    }),
  );
});

test('a goal is made from its amount and day', async () => {
  const { fake, user } = await openApp({ at: '/goals', prepare: withAccount });
  await user.click(await screen.findByRole('button', { name: 'New goal' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText('Name'), 'A summer by the sea');
  await user.type(within(dialog).getByLabelText('Amount (EUR)'), '3,000');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('A summer by the sea', { selector: 'strong' })).toBeVisible();
  expect(fake.seen.at(-1)?.body).toMatchObject({ target_minor: 300000, currency: 'EUR', target_on: null, account_id: null });
});
