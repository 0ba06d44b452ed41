import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal } from 'antd';

import { type Account, tellBalance } from '../../api/accounts';
import { booksChanged } from '../../api/stale';
import { todayIn } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { formatMoney, parseMoney } from '../../lib/money';

interface Props {
  account: Account | null;
  timeZone: string;
  onClose: () => void;
}

interface Fields {
  amount: string;
  on: string;
}

/** Tells a balance that no file did; from it and the rows every other day's balance follows. */
export function TellBalance({ account, timeZone, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const telling = useMutation({
    mutationFn: ({ amount, on }: Fields) => {
      if (account === null) throw new Error('no account is open');
      const minor = parseMoney(amount, account.currency);
      if (minor === null) throw new Error('an unread amount was submitted');
      return tellBalance(account.id, account.owed ? negated(minor) : minor, on);
    },
    onSuccess: (told) => {
      void booksChanged(queries);
      void message.success(`The balance of ${told.name} is known now.`);
      onClose();
    },
  });
  if (account === null) return null;
  const { currency, owed } = account;
  return (
    <Modal
      open
      title={`Balance of ${account.name}`}
      okText="Save the balance"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={telling.isPending}
      afterClose={telling.reset}
      width={440}
    >
      <p className="quiet modal-lead">
        The imported file did not say it. Tell one day's balance as your bank shows it, and Steward works out the others from the rows.
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ amount: '', on: account.last_on ?? todayIn(timeZone) }}
        onFinish={(fields) => telling.mutate(fields)}
      >
        <Form.Item
          name="amount"
          label={owed ? `Owed on the card (${currency})` : `Balance (${currency})`}
          rules={[{ validator: (_, typed: string) => checkAmount(typed, currency) }]}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item noStyle dependencies={['amount']}>
          {() => <ReadAs typed={form.getFieldValue('amount') as string} currency={currency} />}
        </Form.Item>
        <Form.Item name="on" label="At the end of" rules={[{ required: true, message: 'Choose a day.' }]}>
          <Input type="date" max={todayIn(timeZone)} />
        </Form.Item>
      </Form>
      {telling.isError && <Failure what="The balance was not saved." error={telling.error} />}
    </Modal>
  );
}

function ReadAs({ typed, currency }: { typed: string; currency: string }) {
  const minor = parseMoney(typed, currency);
  return minor === null ? null : <p className="read-as">Read as {formatMoney(minor, currency)}</p>;
}

function checkAmount(typed: string, currency: string): Promise<void> {
  if (typed.trim() === '') return Promise.reject(new Error('Enter an amount.'));
  return parseMoney(typed, currency) === null
    ? Promise.reject(new Error('This amount cannot be read in one way. Write it like 1234.56.'))
    : Promise.resolve();
}

/** Owed is told as a positive amount; the account's own view of it is negative. */
function negated(minor: number): number {
  return minor === 0 ? 0 : -minor;
}
