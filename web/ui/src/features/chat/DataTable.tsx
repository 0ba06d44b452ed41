import { Sourced } from './FigureButton';
import type { TableContent, Turn } from './turn';

interface Props {
  turn: Turn;
  table: TableContent;
  label: string;
}

const NUMERIC: readonly string[] = ['money', 'count', 'ratio'];

/** Numbers and dates are figures, and open; names are not. */
export function DataTable({ turn, table, label }: Props) {
  if (table.rows.length === 0) return <p className="quiet">No rows.</p>;
  return (
    <div className="table-scroll" role="region" aria-label={label} tabIndex={0}>
      <table className="data">
        <thead>
          <tr>
            {table.columns.map(({ key, label: name, kind }) => (
              <th key={key} scope="col" className={NUMERIC.includes(kind) ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index}>
              {table.columns.map(({ key, kind }) => (
                <td key={key} className={NUMERIC.includes(kind) ? 'number' : kind}>
                  <Sourced turn={turn} text={row[key]?.text ?? ''} source={kind === 'text' ? null : (row[key]?.source ?? null)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
