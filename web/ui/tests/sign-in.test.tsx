import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { session } from '../src/api/session';
import { App } from '../src/app/App';
import { problem } from './fake/reply.ts';
import { FakeSteward } from './fake/steward.ts';
import { openApp, withAccount } from './open';

test('an app that cannot be reached is said, and tried again', async () => {
  const fake = new FakeSteward();
  fake.signedIn = true;
  fake.instead('POST /v1/auth/refresh', () => Promise.reject(new TypeError('network')));
  vi.stubGlobal('fetch', fake.fetch);
  render(<App />);
  expect(await screen.findByText(/cannot be reached/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Accounts' })).toBeVisible();
});

test('a person signs in, and the token is kept nowhere but in memory', async () => {
  const { user } = await openApp({ signedIn: false });
  await user.type(screen.getByLabelText('Email'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'correct horse');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('Ada Keller')).toBeVisible();
  expect(localStorage).toHaveLength(0);
  expect(sessionStorage).toHaveLength(0);
  expect(document.cookie).toBe('');
});

test('a wrong password is refused without saying which part was wrong', async () => {
  const { user } = await openApp({ signedIn: false });
  await user.type(screen.getByLabelText('Email'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'wrong');
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText('That email and password do not go together.')).toBeVisible();
});

test('an expired token is refreshed silently, once', async () => {
  await openApp({
    prepare: (fake) => {
      withAccount(fake);
      fake.instead('GET /v1/accounts', () => problem(401, 'token_expired', 'The token has expired.'));
    },
  });
  expect(await screen.findByText('Everyday account')).toBeVisible();
});

test('a session that is over leads back to sign-in', async () => {
  const { fake, user } = await openApp({ at: '/chat', prepare: withAccount });
  fake.signedIn = false;
  fake.instead('POST /v1/conversations', () => problem(401, 'token_expired', 'The token has expired.'));
  await user.type(await screen.findByLabelText('Your question'), 'What did I spend?{Enter}');
  expect(await screen.findByLabelText('Password')).toBeVisible();
});

test('signing out forgets at once', async () => {
  const { fake, user } = await openApp({ prepare: withAccount });
  await user.click(await screen.findByRole('button', { name: /Sign out/ }));
  expect(await screen.findByLabelText('Password')).toBeVisible();
  expect(session.token()).toBe('');
  await waitFor(() => expect(fake.signedIn).toBe(false));
});
