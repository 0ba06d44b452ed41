import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openApp, withAccount } from './open';

test('a page has its address, and back goes back', async () => {
  const { user } = await openApp({ prepare: withAccount });
  await screen.findByRole('heading', { name: 'Hello Ada' });
  await user.click(screen.getAllByRole('link', { name: 'Budgets' })[0] as HTMLElement);
  expect(await screen.findByRole('heading', { name: 'Budgets', level: 1 })).toHaveFocus();
  expect(window.location.pathname).toBe('/budgets');
  window.history.back();
  expect(await screen.findByRole('heading', { name: 'Hello Ada' })).toBeVisible();
});

test('an address that leads nowhere says so', async () => {
  await openApp({ at: '/treasure' });
  expect(await screen.findByRole('heading', { name: 'No such page' })).toBeVisible();
});

test('keys go to pages, open the chat, and are listed', async () => {
  const { user } = await openApp({ prepare: withAccount });
  await screen.findByRole('heading', { name: 'Hello Ada' });
  await user.keyboard('gb');
  expect(await screen.findByRole('heading', { name: 'Budgets', level: 1 })).toBeVisible();
  await user.keyboard('c');
  await waitFor(() => expect(screen.getByLabelText('Your question')).toHaveFocus());
  await user.keyboard('gh?'); // typed, not obeyed
  expect(screen.getByLabelText('Your question')).toHaveValue('gh?');
  await user.keyboard('{Escape}');
  expect(screen.queryByRole('complementary', { name: "Steward's chat" })).not.toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
  await user.keyboard('?');
  expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveTextContent('Search transactions');
});

test('keys can be switched off', async () => {
  const { user } = await openApp({ prepare: withAccount });
  await screen.findByRole('heading', { name: 'Hello Ada' });
  await user.keyboard('?');
  await user.click(await screen.findByRole('switch', { name: 'Listen to these keys' }));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await user.keyboard('gb');
  expect(screen.queryByRole('heading', { name: 'Budgets', level: 1 })).not.toBeInTheDocument();
});

test('the conversation goes on from page to page', async () => {
  const { user } = await openApp({ prepare: withAccount });
  await user.click(await screen.findByRole('button', { name: 'Ask Steward' }));
  await user.type(await screen.findByLabelText('Your question'), 'What did I spend last month?{Enter}');
  expect(await screen.findByRole('button', { name: '€1,782.41' })).toBeVisible();
  await user.click(screen.getAllByRole('link', { name: 'Budgets' })[0] as HTMLElement);
  await screen.findByRole('heading', { name: 'Budgets', level: 1 });
  const chat = screen.getByRole('complementary', { name: "Steward's chat" });
  expect(within(chat).getByRole('button', { name: '€1,782.41' })).toBeVisible();
});
