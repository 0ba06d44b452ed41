import { expect, test } from 'vitest';

import { readTurn } from './readTurn';

const TIMINGS = { model_ms: 812.4, model_prompt_tokens: 2100, model_completion_tokens: 64, model_cost_microusd: 1178 };

test('a turn that a language model answered says which, and what it took', () => {
  const turn = readTurn({ versions: { language_model: 'tiny-1', language_model_reason: 'unsure' }, timings: TIMINGS });
  expect(turn.languageModel).toEqual({ name: 'tiny-1', tokens: 2164, ms: 812.4, costMicrodollars: 1178 });
});

test('a cost is told only where the operator set a price', () => {
  const turn = readTurn({ versions: { language_model: 'tiny-1' }, timings: { ...TIMINGS, model_cost_microusd: undefined } });
  expect(turn.languageModel?.costMicrodollars).toBeNull();
});

test('a turn that the planner answered, also after a fault of the model, names none', () => {
  expect(readTurn({ versions: { query: 'x' }, timings: {} }).languageModel).toBeNull();
  expect(readTurn({ versions: { language_model_fault: 'timed_out' }, timings: TIMINGS }).languageModel).toBeNull();
});
