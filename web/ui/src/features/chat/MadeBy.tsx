import type { LanguageModel } from './turn';

const NUMBER = new Intl.NumberFormat('en');
const DOLLARS = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** The small print under an answer that a language model drafted. Its figures are bound to the books like any other's. */
export function MadeBy({ model }: { model: LanguageModel }) {
  const { name, tokens, ms, costMicrodollars } = model;
  return (
    <p className="quiet made-by" title={`${name}; every figure comes from your records`}>
      Answered with a language model, {NUMBER.format(tokens)} tokens, {NUMBER.format(Math.round(ms))} ms
      {costMicrodollars !== null && `, about ${DOLLARS.format(costMicrodollars / 1_000_000)}`}
    </p>
  );
}
