import type { Preview } from '../../api/imports';
import { formatSpan } from '../../lib/dates';
import { formatMoney } from '../../lib/money';
import { counted, formatCount } from '../../lib/words';

const FORMATS: Record<Preview['format'], string> = {
  csv: 'CSV',
  ofx: 'OFX',
  qif: 'QIF',
  camt: 'CAMT.053',
  mt940: 'MT940',
  json: 'JSON',
};

export function PreviewSummary({ preview, currency }: { preview: Preview; currency: string }) {
  const span = formatSpan(preview.first_on, preview.last_on);
  const facts: [string, string][] = [
    ['Format', FORMATS[preview.format]],
    ...(preview.account === null ? [] : ([['Account in the file', preview.account.label]] satisfies [string, string][])),
    ['Rows', formatCount(preview.rows_count)],
    ['Period', span === '' ? 'none' : span],
    ['Already imported', preview.duplicates === 0 ? 'none' : `${counted(preview.duplicates, 'row')}, left out`],
    ['Rejected', preview.rejected.length === 0 ? 'none' : counted(preview.rejected.length, 'row')],
    ['Closing balance', preview.closing_balance_minor === null ? 'not in the file' : formatMoney(preview.closing_balance_minor, currency)],
  ];
  return (
    <dl className="summary" aria-label="What was read">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
