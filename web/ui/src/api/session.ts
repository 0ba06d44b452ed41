/**
 * Who is signed in. The access token lives in memory only; the refresh token is a cookie that this code never sees.
 * Refreshes are single-flight in this tab and, by a lock, among tabs: the cookie rotates, and two at once would look like theft.
 */
import type { components } from './schema';
import { ApiProblem, isRecord, problemFrom, unreachable } from './problem';

export type Customer = components['schemas']['Customer'];
type Granted = components['schemas']['Session'];
export type SessionState =
  | { status: 'unknown' }
  | { status: 'signed-out' }
  | { status: 'unreachable'; problem: ApiProblem }
  | { status: 'signed-in'; customer: Customer };

const REFRESH_EARLY_S = 60;
const SIGNED_OUT = 'signed-out';

let state: SessionState = { status: 'unknown' };
let accessToken = '';
let refreshing: Promise<boolean> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('steward-session');
tabs?.addEventListener('message', (event) => {
  if (event.data === SIGNED_OUT) forget();
});

export const session = {
  state: (): SessionState => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  token: (): string => accessToken,
};

/** Asks for a session by the cookie. True when there is one. */
export function refresh(): Promise<boolean> {
  refreshing ??= exclusively(askForSession).finally(() => (refreshing = undefined));
  return refreshing;
}

export async function signIn(email: string, password: string): Promise<void> {
  accept(await post('/v1/auth/sign-in', { email, password }));
}

/** Gives the password once more: the access token that comes back says so. */
export async function stepUp(password: string): Promise<void> {
  const answer = await post('/v1/auth/step-up', { password }, accessToken);
  if (!isRecord(answer) || typeof answer['access_token'] !== 'string')
    throw new ApiProblem(502, 'unexpected_answer', 'The answer could not be read.');
  accessToken = answer['access_token'];
}

/** Forgets first, so that a lost connection cannot keep a person signed in on screen. */
export async function signOut(): Promise<void> {
  const bearer = accessToken;
  forget();
  tabs?.postMessage(SIGNED_OUT);
  await post('/v1/auth/sign-out', undefined, bearer).catch(() => undefined);
}

export function forget(): void {
  accessToken = '';
  clearTimeout(timer);
  become({ status: 'signed-out' });
}

async function askForSession(): Promise<boolean> {
  try {
    accept(await post('/v1/auth/refresh'));
    return true;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.status >= 400 && error.status < 500 && error.status !== 429) forget();
    else if (state.status !== 'signed-in') become({ status: 'unreachable', problem: error });
    else throw error;
    return false;
  }
}

function accept(granted: unknown): void {
  if (!isGranted(granted)) throw new ApiProblem(502, 'unexpected_answer', 'The sign-in answer could not be read.');
  accessToken = granted.access_token;
  clearTimeout(timer);
  timer = setTimeout(() => void refresh().catch(() => undefined), Math.max(granted.expires_in - REFRESH_EARLY_S, 5) * 1000);
  const known = state.status === 'signed-in' && state.customer.id === granted.customer.id;
  if (!known) become({ status: 'signed-in', customer: granted.customer });
}

function become(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

async function post(path: string, body?: unknown, bearer = ''): Promise<unknown> {
  const headers: Record<string, string> = bearer === '' ? {} : { Authorization: `Bearer ${bearer}` };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const response = await fetch(new URL(path, window.location.origin), {
    method: 'POST',
    credentials: 'same-origin',
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw unreachable();
  });
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw problemFrom(answer, response);
  return answer;
}

function isGranted(value: unknown): value is Granted {
  return (
    isRecord(value) && typeof value['access_token'] === 'string' && typeof value['expires_in'] === 'number' && isRecord(value['customer'])
  );
}

function exclusively(work: () => Promise<boolean>): Promise<boolean> {
  if (!('locks' in navigator)) return work();
  return navigator.locks.request('steward-refresh', work) as Promise<unknown> as Promise<boolean>;
}
