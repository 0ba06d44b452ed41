/** Every way in which the app can decline, as one error: a problem+json answer, or no answer at all. */
import type { components } from './schema';

export type ImportQuestion = components['schemas']['Question'];
export type FieldProblem = components['schemas']['FieldProblem'];

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly questions: ImportQuestion[];
  readonly requestId: string;

  constructor(status: number, code: string, message: string, rest: Partial<Pick<ApiProblem, 'errors' | 'questions' | 'requestId'>> = {}) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.errors = rest.errors ?? [];
    this.questions = rest.questions ?? [];
    this.requestId = rest.requestId ?? '';
  }
}

/** No answer came: the network is gone or the app is not running. */
export function unreachable(): ApiProblem {
  const offline = typeof navigator !== 'undefined' && !navigator.onLine;
  return new ApiProblem(0, offline ? 'offline' : 'unreachable', offline ? 'You are offline.' : 'Steward cannot be reached.');
}

export function problemFrom(body: unknown, response: Response): ApiProblem {
  const fields = isRecord(body) ? body : {};
  const title = text(fields['detail']) ?? text(fields['title']) ?? `The app answered ${response.status}.`;
  return new ApiProblem(response.status, text(fields['code']) ?? `status_${response.status}`, title, {
    errors: Array.isArray(fields['errors']) ? (fields['errors'] as FieldProblem[]) : [],
    questions: Array.isArray(fields['questions']) ? (fields['questions'] as ImportQuestion[]) : [],
    requestId: text(fields['request_id']) ?? response.headers.get('X-Request-Id') ?? '',
  });
}

/** Whether trying the same thing again may help. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status === 429 || error.status >= 500;
}

/** What to tell a person, in one sentence. */
export function sentence(error: unknown): string {
  if (!(error instanceof ApiProblem)) return 'Something went wrong on this page.';
  if (error.status === 503) return 'Steward is busy or starting. Try again in a moment.';
  if (error.status === 429) return 'Too many tries in a short time. Wait a moment, then try again.';
  if (error.status >= 500) return 'Steward ran into an error of its own.';
  return error.message;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
