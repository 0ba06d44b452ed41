import type { Pressed } from './figureContext';
import { type CellSource, figureAt, type Formula, resolvePointer, type Turn } from './turn';

interface Props {
  turn: Turn;
  formula: Formula;
  onPress: (pressed: Pressed) => void;
}

/** A computed figure: its formula in words and each of its inputs, which open in turn. */
export function FigureFormula({ turn, formula, onPress }: Props) {
  return (
    <section aria-label="How it was worked out" className="formula">
      <h3>How it was worked out</h3>
      <code>{formula.formula}</code>
      {formula.inputs.length > 0 && (
        <ul>
          {formula.inputs.map((input, index) => {
            const figure = figureAt(turn, input) ?? null;
            const source = typeof input === 'string' ? (figure?.source ?? null) : input;
            const text = figure?.text ?? (typeof input === 'string' ? input : cellText(turn, input));
            return (
              <li key={index}>
                <button type="button" className="figure" onClick={() => onPress({ turn, figure, source, text })}>
                  {text}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function cellText(turn: Turn, cell: CellSource): string {
  const value = resolvePointer(turn.toolCalls[cell.toolCall]?.result, cell.path);
  const name = cell.path.split('/').at(-1) ?? '';
  return `${name.replace(/_(minor|count|on)$/, '').replaceAll('_', ' ')} (${typeof value === 'number' || typeof value === 'string' ? value : 'no value'})`;
}
