/** The one road to the app: the generated paths, the bearer token, one silent refresh, problems as errors. */
import createClient from 'openapi-fetch';

import { ApiProblem, problemFrom, unreachable } from './problem';
import type { paths } from './schema';
import { refresh, session } from './session';

export const client = createClient<paths>({ baseUrl: window.location.origin, fetch: authorisedFetch });

/** Sends with the access token; on a 401 refreshes once and sends again. */
export async function authorisedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await send(request);
  if (response.status !== 401 || !(await refresh())) return response;
  return send(again);
}

/** The data of an answer, or the problem thrown. */
export async function read<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await answer;
  if (!response.ok) throw problemFrom(error, response);
  return data as T;
}

async function send(request: Request): Promise<Response> {
  const token = session.token();
  if (token !== '') request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted || error instanceof ApiProblem) throw error;
    throw unreachable();
  }
}
