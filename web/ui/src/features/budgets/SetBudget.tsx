import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';

import { type NewBudget, setBudget } from '../../api/budgets';
import { Failure } from '../../lib/Failure';
import { parseMoney } from '../../lib/money';

interface Props {
  open: boolean;
  currency: string;
  onClose: () => void;
}

interface Fields {
  category: string;
  amount: string;
  period: NewBudget['period'];
}

const PERIODS = [
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
  { value: 'quarter', label: 'Quarter' },
  { value: 'year', label: 'Year' },
];

export function SetBudget({ open, currency, onClose }: Props) {
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const setting = useMutation({
    mutationFn: ({ category, amount, period }: Fields) =>
      setBudget({ category: category.trim(), amount_minor: parseMoney(amount, currency) ?? 0, currency, period, rollover: false }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['budgets'] });
      form.resetFields();
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title="Set a budget"
      okText="Set the budget"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={setting.isPending}
      width={440}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ category: '', amount: '', period: 'month' }}
        onFinish={(fields) => setting.mutate(fields)}
      >
        <Form.Item name="category" label="Category" rules={[{ required: true, whitespace: true, message: 'Name a category.' }]}>
          <Input placeholder="Groceries" autoComplete="off" />
        </Form.Item>
        <Form.Item name="amount" label={`Limit (${currency})`} rules={[{ validator: (_, typed: string) => checkLimit(typed, currency) }]}>
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item name="period" label="For each">
          <Select options={PERIODS} />
        </Form.Item>
      </Form>
      {setting.isError && <Failure what="The budget was not set." error={setting.error} />}
    </Modal>
  );
}

function checkLimit(typed: string, currency: string): Promise<void> {
  const minor = parseMoney(typed, currency);
  return minor === null || minor <= 0 ? Promise.reject(new Error('Enter an amount above zero, like 400 or 400.50.')) : Promise.resolve();
}
