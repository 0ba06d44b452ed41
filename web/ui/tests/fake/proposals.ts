/** The double's proposals: one state for all of them, moved by the person's acts. */
import { json, problem } from './reply.ts';

export interface FakeProposal {
  status: string;
  outcome: object | null;
}
interface Desk {
  proposal: FakeProposal;
  stepUpNeeded: boolean;
  seen: { method: string; path: string; body: unknown }[];
}
type Handler = (request: Request, match: string[]) => Promise<Response> | Response;

export function proposalRoutes(desk: Desk): [string, RegExp, Handler][] {
  const shown = (id = '') => json({ id, ...desk.proposal });
  return [
    ['GET', /^\/v1\/proposals\/([^/]+)$/, (_, [id]) => shown(id)],
    [
      'POST',
      /^\/v1\/proposals\/([^/]+)\/confirm$/,
      async (request, [id]) => {
        desk.seen.push({ method: 'POST', path: new URL(request.url).pathname, body: await request.json() });
        if (desk.stepUpNeeded) return problem(403, 'step_up_is_needed', 'To move money, give your password again.');
        desk.proposal = { status: 'executed', outcome: {} };
        return shown(id);
      },
    ],
    [
      'POST',
      /^\/v1\/proposals\/([^/]+)\/cancel$/,
      (_, [id]) => {
        desk.proposal = { status: 'cancelled', outcome: null };
        return shown(id);
      },
    ],
    [
      'POST',
      /^\/v1\/auth\/step-up$/,
      async (request) => {
        const { password } = (await request.json()) as { password: string };
        if (password !== 'correct horse') return problem(403, 'password_is_wrong', 'The password is wrong.');
        desk.stepUpNeeded = false;
        return json({ access_token: 'token', token_type: 'Bearer', expires_in: 900 });
      },
    ],
  ];
}
