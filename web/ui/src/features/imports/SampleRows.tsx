import type { Preview } from '../../api/imports';
import { formatDay } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { counted } from '../../lib/words';

interface Props {
  rows: Preview['rows'];
  rowsCount: number;
  currency: string;
}

export function SampleRows({ rows, rowsCount, currency }: Props) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 id="sample-rows">{rows.length < rowsCount ? `The first ${counted(rows.length, 'row')}` : counted(rows.length, 'row')} as read</h3>
      <div className="table-scroll" role="region" aria-labelledby="sample-rows" tabIndex={0}>
        <table className="data">
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Date</th>
              <th scope="col">Description</th>
              <th scope="col">Category</th>
              <th scope="col" className="number">
                Amount
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.line}>
                <td className="number quiet">{row.line}</td>
                <td className="date">{formatDay(row.booked_on)}</td>
                <td className="wide">{row.description}</td>
                <td>{row.category ?? ''}</td>
                <td className={row.amount_minor > 0 ? 'number in' : 'number'}>
                  {formatMoney(row.amount_minor, currency, { signed: true })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
