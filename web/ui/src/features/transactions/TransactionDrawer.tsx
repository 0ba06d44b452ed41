import { Button, Drawer, Form, Input } from 'antd';

import type { Query } from '../../api/books';
import type { Transaction, TransactionChange } from '../../api/transactions';
import { CategorySelect } from '../../lib/CategorySelect';
import { formatDayLong } from '../../lib/dates';
import { Link } from '../../lib/Link';
import { formatMoney } from '../../lib/money';
import { addressOf } from '../../lib/queryAddress';
import { RuleOffer } from '../../lib/RuleOffer';
import { useCorrection } from '../../lib/useCorrection';

interface Props {
  transaction: Transaction | null;
  currency: string;
  onClose: () => void;
}

export function TransactionDrawer({ transaction, currency, onClose }: Props) {
  return (
    <Drawer open={transaction !== null} onClose={onClose} size={480} title="Transaction" destroyOnHidden className="figure-drawer">
      {transaction !== null && <Details key={transaction.id} transaction={transaction} currency={currency} onClose={onClose} />}
    </Drawer>
  );
}

const SOURCES: Record<Transaction['category_source'], string> = {
  customer: 'You said so.',
  rule: 'One of your rules says so.',
  file: 'Your bank said so.',
  table: 'Steward knows this merchant.',
  learned: 'Steward’s estimate.',
  none: 'Nobody has sorted it yet.',
};
const FLOWS: Record<string, string> = {
  spending: 'Spending',
  income: 'Income',
  transfer: 'Between your own accounts',
  refund: 'Refund',
  investment: 'Investment',
  loan: 'Loan',
};

interface Fields {
  merchant: string;
  note: string;
}

function Details({ transaction: opened, currency, onClose }: { transaction: Transaction; currency: string; onClose: () => void }) {
  const correction = useCorrection();
  const transaction = correction.latest ?? opened;
  const { id, merchant, description, category, account, note, flow, booked_on: on, amount_minor: amount } = transaction;
  const sameMerchant: Query = { measure: 'movements', include: { merchants: [merchant] } };
  const save = (fields: Fields) => {
    const change: TransactionChange = {};
    if (fields.merchant.trim() !== merchant) change.merchant = fields.merchant.trim() || null;
    if (fields.note.trim() !== (note ?? '')) change.note = fields.note.trim() || null;
    if (Object.keys(change).length > 0) correction.change(id, change);
  };
  return (
    <>
      <header className="figure-head">
        <span>
          {formatDayLong(on)} · {account}
        </span>
        <h2 className={amount > 0 ? 'in' : undefined}>{formatMoney(amount, transaction.currency ?? currency, { signed: true })}</h2>
        <strong>{merchant || description}</strong>
      </header>
      <div className="labelled">
        <span className="quiet">Category</span>
        <CategorySelect
          label="Category"
          value={category}
          disabled={correction.isPending}
          onChange={(chosen) => correction.change(id, { category: chosen })}
        />
        <small className="quiet">{sureness(transaction)}</small>
      </div>
      <RuleOffer correction={correction} />
      <Form layout="vertical" requiredMark={false} initialValues={{ merchant, note: note ?? '' }} onFinish={save}>
        <Form.Item name="merchant" label="Merchant">
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="note" label="Note">
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Button htmlType="submit" loading={correction.isPending}>
          Save
        </Button>
      </Form>
      <dl className="particulars">
        <div>
          <dt>Kind</dt>
          <dd>{FLOWS[flow] ?? flow}</dd>
        </div>
        <div>
          <dt>As the bank wrote it</dt>
          <dd className="raw">{description}</dd>
        </div>
      </dl>
      {merchant !== '' && (
        <Link href={addressOf(sameMerchant)} onClick={onClose}>
          All bookings of {merchant}
        </Link>
      )}
    </>
  );
}

function sureness({ category_source: source, category_confidence: confidence }: Transaction): string {
  const words = SOURCES[source];
  return source === 'learned' && confidence != null ? `${words} About ${Math.round(confidence * 100)} in 100 such are right.` : words;
}
