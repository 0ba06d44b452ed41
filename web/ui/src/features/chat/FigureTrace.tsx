import type { FactRow } from '../../api/books';
import { isRecord } from '../../api/problem';
import { FactList } from '../../lib/FactList';
import { type CellSource, resolvePointer, type Turn } from './turn';

interface Props {
  turn: Turn;
  source: CellSource;
  currency: string;
  showFact: boolean;
}

/** The call that was made and the cell that was read: the address of the figure, for whoever wants to check it. */
export function FigureTrace({ turn, source, currency, showFact }: Props) {
  const call = turn.toolCalls[source.toolCall];
  if (call === undefined) return null;
  const fact = showFact ? factAround(call.result, source.path) : null;
  return (
    <>
      {fact !== null && <FactList facts={[fact]} currency={currency} />}
      <details className="trace">
        <summary>How this was looked up</summary>
        <dl>
          <dt>Tool</dt>
          <dd>
            <code>{call.name}</code>
          </dd>
          <dt>Cell of its result</dt>
          <dd>
            <code>{source.path}</code>
          </dd>
        </dl>
        <pre>{JSON.stringify(call.args, null, 2)}</pre>
      </details>
    </>
  );
}

/** When the cell belongs to a single booked movement, that movement. */
function factAround(result: unknown, path: string): FactRow | null {
  const row = resolvePointer(result, path.slice(0, path.lastIndexOf('/')));
  const isFact =
    isRecord(row) && typeof row['booked_on'] === 'string' && typeof row['amount_minor'] === 'number' && typeof row['id'] === 'string';
  return isFact ? (row as FactRow) : null;
}
