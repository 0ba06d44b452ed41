import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { events, problem } from './fake/reply.ts';
import { turnFor } from './fake/turns.ts';
import { openApp, withAccount } from './open';

async function ask(user: UserEvent, question: string) {
  await user.type(await screen.findByLabelText('Your question'), `${question}{Enter}`);
}

test('an answer streams in and every figure in it is a button', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'What did I spend last month?');
  const answer = await screen.findByRole('article', { name: 'Answer' });
  await waitFor(() => expect(answer).toHaveAttribute('aria-busy', 'false'));
  expect(
    within(answer)
      .getAllByRole('button')
      .map((button) => button.textContent),
  ).toEqual(['€1,782.41', '74 transactions', '€63.39', '€1,719.02', 'By category', 'And in September?']);
  expect(screen.getByRole('log')).toHaveAttribute('aria-live', 'polite');
});

test('a figure opens its rows, and more of them', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'What did I spend last month?');
  await user.click(await screen.findByRole('button', { name: '€1,782.41' }));
  const rows = await screen.findByRole('region', { name: 'Rows behind the figure' });
  expect(rows).toHaveTextContent('The first 20 rows');
  expect(within(rows).getAllByRole('listitem')).toHaveLength(20);
  await user.click(within(rows).getByRole('button', { name: 'Load more rows' }));
  await waitFor(() => expect(within(rows).getAllByRole('listitem')).toHaveLength(27));
  expect(rows).toHaveTextContent('27 rowstogether -€403.92');
});

test('a computed figure shows its formula, and its inputs open in turn', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'What did I spend last month?');
  await user.click(await screen.findByRole('button', { name: '€63.39' }));
  const formula = await screen.findByRole('region', { name: 'How it was worked out' });
  expect(formula).toHaveTextContent('a - b');
  await user.click(within(formula).getByRole('button', { name: '€1,719.02' }));
  expect(await screen.findByRole('button', { name: /Back to €63.39/ })).toBeVisible();
});

test('rows that cannot be fetched are said, and fetched again', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  const down = () => problem(503, 'busy', 'busy');
  fake.instead('GET /v1/conversations/cnv_1/turns/trn_1/figures/f1/rows', down, down, down);
  await ask(user, 'What did I spend last month?');
  await user.click(await screen.findByRole('button', { name: '€1,782.41' }));
  const dialog = await screen.findByRole('dialog');
  await user.click(await within(dialog).findByRole('button', { name: 'Try again' }, { timeout: 10_000 }));
  expect(await within(dialog).findByText('The first 20 rows')).toBeVisible();
});

test('a chart has its table, whose cells are figures too', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'Spending as a donut');
  const chart = await screen.findByRole('figure', undefined, { timeout: 10_000 });
  await user.click(within(chart).getByText('Table'));
  const table = await within(chart).findByRole('table');
  expect(
    within(table)
      .getAllByRole('columnheader')
      .map((header) => header.textContent),
  ).toEqual(['Category', 'Spent']);
  await user.click(within(table).getByRole('button', { name: '€412.36' }));
  expect(await screen.findByRole('region', { name: 'Rows behind the figure' })).toBeVisible();
});

test('names in a table are words, its numbers are figures', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'Spending by category');
  const table = await screen.findByRole('region', { name: 'Spending by category' });
  expect(within(table).queryByRole('button', { name: 'Groceries' })).not.toBeInTheDocument();
  expect(within(table).getByRole('button', { name: '€412.36' })).toBeVisible();
});

test('a quick reply asks its own words', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'What did I pay the gym?');
  await user.click(await screen.findByRole('button', { name: 'All of Health' }));
  await waitFor(() => expect(fake.seen.at(-1)?.body).toEqual({ text: 'What did I spend on health last month?' }));
});

test('a proposal shows its exact arguments, and nothing is done before it is confirmed', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'Set a budget of 400 for groceries');
  const card = await screen.findByRole('region', { name: 'Proposal: Set a budget' });
  expect(card).toHaveTextContent('Proposed, not done');
  expect(card).toHaveTextContent('Amount€400.00');
  expect(card).toHaveTextContent('Limit: none → €400.00');
  expect(card).toHaveTextContent('Nothing has changed and no money has moved');
  await user.click(await within(card).findByRole('button', { name: 'Confirm' }));
  await waitFor(() => expect(within(card).getByRole('status')).toHaveTextContent('Done'));
  expect(fake.seen.at(-1)).toMatchObject({ path: '/v1/proposals/prp_00000000000000000000000000000001/confirm' });
  expect(fake.seen.at(-1)?.body).toEqual({ arguments_sha256: 'a'.repeat(64) });
  expect(within(card).queryByRole('button')).not.toBeInTheDocument();
});

test('money takes the password once more, and a wrong one moves nothing', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.stepUpNeeded = true;
  await ask(user, 'Set a budget of 400 for groceries');
  const card = await screen.findByRole('region', { name: 'Proposal: Set a budget' });
  await user.click(await within(card).findByRole('button', { name: 'Confirm' }));
  const dialog = await screen.findByRole('dialog', { name: 'Confirm with your password' });
  await user.type(within(dialog).getByLabelText('Password'), 'wrong horse{Enter}');
  expect(await within(dialog).findByText(/was not accepted/)).toBeVisible();
  expect(within(card).getByRole('status')).toHaveTextContent('Proposed, not done');
  await user.type(within(dialog).getByLabelText('Password'), 'correct horse{Enter}');
  await waitFor(() => expect(within(card).getByRole('status')).toHaveTextContent('Done'));
});

test('a cancelled proposal can no longer be confirmed', async () => {
  const { user } = await openApp({ at: '/chat', prepare: withAccount });
  await ask(user, 'Set a budget of 400 for groceries');
  const card = await screen.findByRole('region', { name: 'Proposal: Set a budget' });
  await user.click(await within(card).findByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(within(card).getByRole('status')).toHaveTextContent('Cancelled'));
  expect(within(card).queryByRole('button')).not.toBeInTheDocument();
});

test('a proposal that fails says why', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.proposal = { status: 'failed', outcome: { code: 'balance_is_insufficient', detail: 'there is not enough' } };
  await ask(user, 'Set a budget of 400 for groceries');
  const card = await screen.findByRole('region', { name: 'Proposal: Set a budget' });
  expect(await within(card).findByText('There is not enough')).toBeVisible();
});

test('a transfer for the bank says what to write there', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.proposal = { status: 'confirmed', outcome: { instruction: { reference: 'STEWARD 12AB', done_at: null } } };
  await ask(user, 'Set a budget of 400 for groceries');
  const card = await screen.findByRole('region', { name: 'Proposal: Set a budget' });
  await waitFor(() => expect(card).toHaveTextContent('Waiting for your bank'));
  expect(card).toHaveTextContent('with the reference STEWARD 12AB');
});

test('a failed answer can be asked again', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.instead('POST /v1/conversations/cnv_1/turns', () =>
    events([
      { type: 'RUN_STARTED', threadId: 't', runId: 'r' },
      { type: 'RUN_ERROR', message: 'The tool failed.', code: 'tool_failed' },
    ]),
  );
  await ask(user, 'What did I spend last month?');
  expect(await screen.findByText(/This answer did not come through/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Ask again' }));
  expect(await screen.findByRole('button', { name: '€1,782.41' })).toBeVisible();
  expect(screen.queryByText(/did not come through/)).not.toBeInTheDocument();
});

test('a stream that breaks off is no answer', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.instead('POST /v1/conversations/cnv_1/turns', () => events([{ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'You spent' }]));
  await ask(user, 'What did I spend last month?');
  expect(await screen.findByText(/connection was lost/)).toBeVisible();
  expect(screen.getByText('You spent')).toBeVisible();
});

test('an answer can be stopped on the way', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.pauseMs = 40;
  await ask(user, 'What did I spend last month?');
  await screen.findByText(/^You spent/);
  await user.click(screen.getByRole('button', { name: 'Stop the answer' }));
  expect(await screen.findByText('Stopped. The answer is not complete.')).toBeVisible();
});

test('the conversation is kept, and a new one starts empty', async () => {
  const { user } = await openApp({
    at: '/chat',
    prepare: (fake) => {
      withAccount(fake);
      fake.turns.set('cnv_9', [turnFor('What did I spend last month?', 'trn_1')]);
      localStorage.setItem('steward.conversation.cus_1', 'cnv_9');
    },
  });
  expect(await screen.findByRole('button', { name: '€1,782.41' })).toBeVisible();
  expect(screen.getByText('What did I spend last month?')).toBeVisible();
  await user.click(screen.getByRole('button', { name: /New/ }));
  expect(await screen.findByText('Hello Ada')).toBeVisible();
  expect(localStorage.getItem('steward.conversation.cus_1')).toBeNull();
});

test('it says that it is an AI', async () => {
  await openApp({ at: '/chat', prepare: withAccount });
  expect(await screen.findByText(/Steward is an AI/)).toBeVisible();
});
