import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Form, Input, Select } from 'antd';

import type { Account } from '../../api/accounts';
import { type Query, resultQuery } from '../../api/books';
import { decimalString, minorDigits, parseMoney } from '../../lib/money';
import { FIRST_DAY, LAST_DAY } from '../../lib/periods';

interface Props {
  open: boolean;
  query: Query;
  accounts: Account[];
  currency: string;
  onQuery: (query: Query) => void;
  onClose: () => void;
}

interface Fields {
  measure: NonNullable<Query['measure']>;
  from: string;
  to: string;
  categories: string[];
  merchants: string[];
  accounts: string[];
  words: string[];
  min: string;
  max: string;
}

const MEASURES = [
  { value: 'movements', label: 'Everything' },
  { value: 'spending', label: 'Spending' },
  { value: 'income', label: 'Income' },
  { value: 'refunds', label: 'Refunds' },
  { value: 'transfers', label: 'Own transfers' },
  { value: 'investments', label: 'Investments' },
  { value: 'money_in', label: 'Money in' },
  { value: 'money_out', label: 'Money out' },
];

export function FilterDrawer({ open, query, accounts, currency, onQuery, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const known = useQuery({ ...resultQuery({ measure: 'movements', group_by: 'category', limit: 500 }), enabled: open });
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size={440}
      title="Filters"
      destroyOnHidden
      footer={
        <Button type="primary" block size="large" onClick={() => form.submit()}>
          Show these
        </Button>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={fieldsOf(query, currency)}
        onFinish={(fields) => {
          onQuery(queryFrom(fields, query, currency));
          onClose();
        }}
      >
        <Form.Item name="measure" label="What">
          <Select options={MEASURES} />
        </Form.Item>
        <div className="two-fields">
          <Form.Item name="from" label="From">
            <Input type="date" />
          </Form.Item>
          <Form.Item
            name="to"
            label="To"
            dependencies={['from']}
            rules={[{ validator: (_, to: string) => checkOrder(form.getFieldValue('from') as string, to) }]}
          >
            <Input type="date" />
          </Form.Item>
        </div>
        <Form.Item name="categories" label="Categories">
          <Select
            mode="multiple"
            allowClear
            placeholder="Any"
            options={known.data?.rows.map(({ key, label }) => ({ value: key, label })) ?? []}
          />
        </Form.Item>
        <Form.Item name="accounts" label="Accounts">
          <Select mode="multiple" allowClear placeholder="Any" options={accounts.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Form.Item name="merchants" label="Merchants" extra="By their exact names; press Enter after each.">
          <Select mode="tags" allowClear placeholder="Any" open={false} suffix={null} />
        </Form.Item>
        <Form.Item name="words" label="Words in the booking" extra="All of them must occur.">
          <Select mode="tags" allowClear placeholder="Any" open={false} suffix={null} />
        </Form.Item>
        <div className="two-fields">
          <Form.Item
            name="min"
            label={`At least (${currency})`}
            rules={[{ validator: (_, typed: string) => checkAmount(typed, currency) }]}
          >
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="max" label={`At most (${currency})`} rules={[{ validator: (_, typed: string) => checkAmount(typed, currency) }]}>
            <Input inputMode="decimal" autoComplete="off" />
          </Form.Item>
        </div>
      </Form>
    </Drawer>
  );
}

function fieldsOf(query: Query, currency: string): Fields {
  const written = (minor: number | null | undefined) => (minor == null ? '' : decimalString(minor, minorDigits(currency)));
  return {
    measure: query.measure ?? 'movements',
    from: query.period == null || query.period.start_on === FIRST_DAY ? '' : query.period.start_on,
    to: query.period == null || query.period.end_on === LAST_DAY ? '' : query.period.end_on,
    categories: query.include?.categories ?? [],
    merchants: query.include?.merchants ?? [],
    accounts: query.include?.accounts ?? [],
    words: query.include?.text ?? [],
    min: written(query.amount_min_minor),
    max: written(query.amount_max_minor),
  };
}

/** What the form does not show of the query (weekdays, what is left out) stays. */
function queryFrom(fields: Fields, query: Query, currency: string): Query {
  const { categories, merchants, accounts, words: text, measure } = fields;
  const [min, max] = [parseMoney(fields.min, currency), parseMoney(fields.max, currency)].map((minor) =>
    minor === null ? null : Math.abs(minor),
  );
  return {
    ...query,
    measure,
    include: { ...query.include, categories, merchants, accounts, text },
    period: fields.from === '' && fields.to === '' ? null : { start_on: fields.from || FIRST_DAY, end_on: fields.to || LAST_DAY },
    amount_min_minor: min ?? null,
    amount_max_minor: max ?? null,
    direction: measure === 'transfers' ? (query.direction ?? null) : null,
  };
}

function checkOrder(from: string, to: string): Promise<void> {
  return from !== '' && to !== '' && to < from ? Promise.reject(new Error('This lies before the first day.')) : Promise.resolve();
}

function checkAmount(typed: string, currency: string): Promise<void> {
  return typed.trim() === '' || parseMoney(typed, currency) !== null
    ? Promise.resolve()
    : Promise.reject(new Error('Write it like 1234.56.'));
}
