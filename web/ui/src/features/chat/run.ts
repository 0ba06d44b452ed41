/** One question over AG-UI: the events that this page uses, in the order in which they come. */
import { ask } from '../../api/conversations';
import { eventData } from '../../api/eventStream';
import { ApiProblem, isRecord, unreachable } from '../../api/problem';
import { readTurn } from './readTurn';
import type { Turn } from './turn';

export type RunEvent = { type: 'text'; delta: string } | { type: 'tool'; name: string } | { type: 'turn'; turn: Turn };

export async function* runTurn(conversationId: string, text: string, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const body = await ask(conversationId, text, signal);
  try {
    for await (const data of eventData(body)) {
      const event = parse(data);
      if (event['type'] === 'RUN_FINISHED') return;
      if (event['type'] === 'RUN_ERROR') throw failureOf(event);
      const told = readEvent(event);
      if (told !== null) yield told;
    }
  } catch (error) {
    if (error instanceof ApiProblem || signal.aborted) throw error;
    throw unreachable();
  }
  throw new ApiProblem(0, 'stream_broken', 'The connection was lost before the answer was complete.');
}

function readEvent(event: Record<string, unknown>): RunEvent | null {
  switch (event['type']) {
    case 'TEXT_MESSAGE_CONTENT':
      return { type: 'text', delta: text(event['delta']) };
    case 'TOOL_CALL_START':
      return { type: 'tool', name: text(event['toolCallName']) };
    case 'CUSTOM':
      return event['name'] === 'steward.turn' ? { type: 'turn', turn: readTurn(event['value']) } : null;
    default:
      return null;
  }
}

function parse(data: string): Record<string, unknown> {
  try {
    const event: unknown = JSON.parse(data);
    return isRecord(event) ? event : {};
  } catch {
    throw new ApiProblem(502, 'unexpected_answer', 'The answer could not be read.');
  }
}

function failureOf(event: Record<string, unknown>): ApiProblem {
  const message = typeof event['message'] === 'string' && event['message'] !== '' ? event['message'] : 'The answer failed.';
  return new ApiProblem(500, typeof event['code'] === 'string' ? event['code'] : 'run_failed', message);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
