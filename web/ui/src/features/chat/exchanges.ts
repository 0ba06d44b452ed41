/** The thread on screen as data: questions, and how far the answer of each has come. */
import type { Turn } from './turn';

export type Phase = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';

export interface Exchange {
  key: string;
  question: string;
  phase: Phase;
  text: string;
  tool: string;
  turn: Turn | null;
  problem: unknown;
}

export type Change =
  | { type: 'asked'; key: string; question: string }
  | { type: 'text'; key: string; delta: string }
  | { type: 'tool'; key: string; name: string }
  | { type: 'turn'; key: string; turn: Turn }
  | { type: 'ended'; key: string; phase: Phase; problem?: unknown }
  | { type: 'dropped'; key: string }
  | { type: 'cleared' };

export function changed(exchanges: Exchange[], change: Change): Exchange[] {
  switch (change.type) {
    case 'asked':
      return [
        ...exchanges,
        { key: change.key, question: change.question, phase: 'waiting', text: '', tool: '', turn: null, problem: null },
      ];
    case 'dropped':
      return exchanges.filter((exchange) => exchange.key !== change.key);
    case 'cleared':
      return [];
    default:
      return exchanges.map((exchange) => (exchange.key === change.key ? grown(exchange, change) : exchange));
  }
}

export function stored(turn: Turn): Exchange {
  return { key: turn.id, question: turn.question, phase: 'done', text: turn.answer, tool: '', turn, problem: null };
}

export function isRunning(exchange: Exchange | undefined): boolean {
  return exchange?.phase === 'waiting' || exchange?.phase === 'streaming';
}

function grown(exchange: Exchange, change: Exclude<Change, { type: 'asked' | 'dropped' | 'cleared' }>): Exchange {
  switch (change.type) {
    case 'text':
      return { ...exchange, phase: 'streaming', text: exchange.text + change.delta };
    case 'tool':
      return { ...exchange, tool: change.name };
    case 'turn':
      return { ...exchange, phase: 'done', turn: change.turn };
    case 'ended':
      return exchange.turn === null ? { ...exchange, phase: change.phase, problem: change.problem ?? null } : exchange;
  }
}
