import { Form, Segmented, Select } from 'antd';

import type { ColumnRef, Mapping } from '../../api/imports';
import { chosenColumns, columnLabel, columnOptions } from './columns';

interface Props {
  columns: string[];
  mapping: Mapping;
  guessed: boolean;
  onChange: (changes: Mapping) => void;
}

type One = 'date' | 'amount' | 'debit' | 'credit' | 'category' | 'balance';
type Several = 'description' | 'counterparty';

const ONE_AMOUNT: readonly [One, string][] = [['amount', 'Amount']];
const TWO_AMOUNTS: readonly [One, string][] = [
  ['debit', 'Money out'],
  ['credit', 'Money in'],
];
const WORDS: readonly [Several, string][] = [
  ['description', 'Description'],
  ['counterparty', 'Counterparty'],
];
const REST: readonly [One, string][] = [
  ['category', 'Category'],
  ['balance', 'Balance after'],
];
const DATE_FORMATS = [
  { value: '%d/%m/%Y', label: 'Day, month, year' },
  { value: '%m/%d/%Y', label: 'Month, day, year' },
  { value: '%Y-%m-%d', label: 'Year, month, day' },
];
const DECIMALS = [
  { value: '.', label: 'Point: 1,234.56' },
  { value: ',', label: 'Comma: 1.234,56' },
];
const SIGNS = [
  { value: 'as_is', label: 'Minus is money out' },
  { value: 'inverted', label: 'Minus is money in' },
];

/** The columns as guessed; each can be set by hand, and the rows below follow. */
export function MappingFields({ columns, mapping, guessed, onChange }: Props) {
  const apart = chosenColumns(columns, mapping.debit).length + chosenColumns(columns, mapping.credit).length > 0;
  const amounts = apart ? TWO_AMOUNTS : ONE_AMOUNT;
  const options = columnOptions(columns);
  const single = (field: One, label: string) => (
    <Form.Item key={field} label={label} htmlFor={`column-${field}`}>
      <Select
        id={`column-${field}`}
        allowClear
        placeholder="None"
        value={chosenColumns(columns, mapping[field])[0] ?? null}
        options={options}
        onChange={(column: ColumnRef | null | undefined) => onChange({ [field]: column ?? null })}
      />
    </Form.Item>
  );
  return (
    <details className="mapping" open={!guessed}>
      <summary>
        <h3>Columns</h3>
        <span className="quiet">
          {guessed
            ? told(columns, mapping, [['date', 'Date'], ...amounts, ...WORDS, ...REST])
            : 'Not recognised: say which column is which.'}
        </span>
      </summary>
      <div className="mapping-body">
        <Segmented
          aria-label="How amounts are written"
          value={apart ? 'apart' : 'one'}
          onChange={(shape) =>
            onChange(
              shape === 'apart'
                ? { amount: null, debit: options[0]?.value ?? null }
                : { debit: null, credit: null, amount: options[0]?.value ?? null },
            )
          }
          options={[
            { value: 'one', label: 'One amount column' },
            { value: 'apart', label: 'Out and in apart' },
          ]}
        />
        <Form layout="vertical" component="div" className="fields">
          {single('date', 'Date')}
          {amounts.map(([field, label]) => single(field, label))}
          {WORDS.map(([field, label]) => (
            <Form.Item key={field} label={label} htmlFor={`column-${field}`}>
              <Select
                id={`column-${field}`}
                mode="multiple"
                allowClear
                placeholder="None"
                value={chosenColumns(columns, mapping[field])}
                options={options}
                onChange={(chosen: ColumnRef[]) => onChange({ [field]: chosen.length === 0 ? null : chosen })}
              />
            </Form.Item>
          ))}
          {REST.map(([field, label]) => single(field, label))}
          <Form.Item label="Order in dates" htmlFor="date-format">
            <Select
              id="date-format"
              placeholder="As they read"
              value={mapping.date_format ?? null}
              options={DATE_FORMATS}
              onChange={(date_format: string) => onChange({ date_format })}
            />
          </Form.Item>
          <Form.Item label="Decimal mark" htmlFor="decimal">
            <Select
              id="decimal"
              placeholder="As it reads"
              value={mapping.decimal ?? null}
              options={DECIMALS}
              onChange={(decimal: string) => onChange({ decimal })}
            />
          </Form.Item>
          <Form.Item label="Sign" htmlFor="sign">
            <Select id="sign" value={mapping.sign ?? 'as_is'} options={SIGNS} onChange={(sign: string) => onChange({ sign })} />
          </Form.Item>
        </Form>
      </div>
    </details>
  );
}

function told(columns: string[], mapping: Mapping, fields: readonly (readonly [One | Several, string])[]): string {
  return fields
    .map(([field, label]) => [label, columnLabel(columns, mapping[field])])
    .filter(([, column]) => column !== '')
    .map((pair) => pair.join(': '))
    .join(' · ');
}
