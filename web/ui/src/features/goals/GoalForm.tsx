import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';

import { accountsQuery } from '../../api/accounts';
import { changeGoal, type Goal, makeGoal } from '../../api/goals';
import { Failure } from '../../lib/Failure';
import { decimalString, minorDigits, parseMoney } from '../../lib/money';

interface Props {
  editing: Goal | 'new' | null;
  currency: string;
  onClose: () => void;
}

interface Fields {
  name: string;
  amount: string;
  by: string;
  account: string;
}

const NO_ACCOUNT = 'none';

export function GoalForm({ editing, currency, onClose }: Props) {
  return editing === null ? null : (
    <Editing key={editing === 'new' ? 'new' : editing.id} editing={editing} currency={currency} onClose={onClose} />
  );
}

function Editing({ editing, currency: home, onClose }: Props & { editing: Goal | 'new' }) {
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery);
  const known = editing === 'new' ? null : editing;
  const currency = known?.currency ?? home;
  const saving = useMutation({
    mutationFn: ({ name, amount, by, account }: Fields) => {
      const wish = {
        name: name.trim(),
        target_minor: parseMoney(amount, currency) ?? 0,
        target_on: by === '' ? null : by,
        account_id: account === NO_ACCOUNT ? null : account,
      };
      return known === null ? makeGoal({ ...wish, currency }) : changeGoal(known.id, wish);
    },
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: ['goals'] });
    },
  });
  return (
    <Modal
      open
      title={known === null ? 'New goal' : `Change ${known.name}`}
      okText="Save"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      width={440}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={fieldsOf(known)} onFinish={(fields) => saving.mutate(fields)}>
        <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: 'Name it.' }]}>
          <Input maxLength={120} autoComplete="off" placeholder="A summer by the sea" />
        </Form.Item>
        <Form.Item name="amount" label={`Amount (${currency})`} rules={[{ validator: (_, typed: string) => checkTarget(typed, currency) }]}>
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item name="by" label="By (optional)">
          <Input type="date" />
        </Form.Item>
        <Form.Item
          name="account"
          label="Saved in"
          extra="With an account, its balance is what is saved; without, you tell what you put aside."
        >
          <Select
            options={[
              { value: NO_ACCOUNT, label: 'No account' },
              ...(accounts.data ?? [])
                .filter((account) => account.currency === currency && !account.owed)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Form.Item>
      </Form>
      {saving.isError && <Failure what="The goal was not saved." error={saving.error} />}
    </Modal>
  );
}

function fieldsOf(known: Goal | null): Fields {
  return {
    name: known?.name ?? '',
    amount: known === null ? '' : decimalString(known.target_minor, minorDigits(known.currency)),
    by: known?.target_on ?? '',
    account: known?.account_id ?? NO_ACCOUNT,
  };
}

function checkTarget(typed: string, currency: string): Promise<void> {
  const minor = parseMoney(typed, currency);
  return minor === null || minor <= 0 ? Promise.reject(new Error('Enter an amount above zero, like 3000.')) : Promise.resolve();
}
