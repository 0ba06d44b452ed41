import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select, Switch } from 'antd';

import { type Budget, setBudget } from '../../api/budgets';
import { CategorySelect } from '../../lib/CategorySelect';
import { Failure } from '../../lib/Failure';
import { decimalString, minorDigits, parseMoney } from '../../lib/money';
import { type PeriodChoice, periodFrom, periodOf } from './period';

interface Props {
  setting: Budget | 'new' | null;
  currency: string;
  onClose: () => void;
}

interface Fields extends PeriodChoice {
  category: string | null;
  amount: string;
  rollover: boolean;
}

const UNITS = [
  { value: 'month', label: 'Month' },
  { value: 'week', label: 'Week' },
  { value: 'payday', label: 'Pay to pay' },
  { value: 'quarter', label: 'Quarter' },
  { value: 'year', label: 'Year' },
  { value: 'day', label: 'Days' },
];

export function SetBudget({ setting, currency, onClose }: Props) {
  return setting === null ? null : (
    <Setting key={setting === 'new' ? 'new' : setting.id} setting={setting} currency={currency} onClose={onClose} />
  );
}

function Setting({ setting, currency: home, onClose }: Props & { setting: Budget | 'new' }) {
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const known = setting === 'new' ? null : setting;
  const currency = known?.currency ?? home;
  const saving = useMutation({
    mutationFn: ({ category, amount, rollover, ...choice }: Fields) =>
      setBudget({
        category: category ?? '',
        amount_minor: parseMoney(amount, currency) ?? 0,
        currency,
        rollover,
        period: periodFrom(choice),
      }),
    onSuccess: () => {
      onClose();
      return queries.invalidateQueries({ queryKey: ['budgets'] });
    },
  });
  const unit = Form.useWatch('unit', form);
  return (
    <Modal
      open
      title={known === null ? 'Set a budget' : `Change the budget for ${known.category}`}
      okText={known === null ? 'Set the budget' : 'Change the budget'}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      width={460}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={fieldsOf(known)} onFinish={(fields) => saving.mutate(fields)}>
        <Form.Item name="category" label="Category" rules={[{ required: true, message: 'Choose a category.' }]}>
          <CategorySelect label="Category" disabled={known !== null} />
        </Form.Item>
        <Form.Item name="amount" label={`Limit (${currency})`} rules={[{ validator: (_, typed: string) => checkLimit(typed, currency) }]}>
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <div className="two-fields">
          <Form.Item name="unit" label="For each">
            <Select options={UNITS} disabled={known !== null} />
          </Form.Item>
          <Form.Item name="every" label="How many at a time" rules={[{ validator: (_, typed: string) => checkEvery(typed) }]}>
            <Input inputMode="numeric" autoComplete="off" disabled={known !== null} />
          </Form.Item>
        </div>
        {unit !== 'payday' && (
          <Form.Item name="anchor" label="Starting on" extra="Empty: the calendar's own first day.">
            <Input type="date" disabled={known !== null} />
          </Form.Item>
        )}
        <Form.Item name="rollover" label="What is left or overspent carries over" valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
      {saving.isError && <Failure what="The budget was not set." error={saving.error} />}
    </Modal>
  );
}

function fieldsOf(known: Budget | null): Fields {
  return {
    category: known?.category ?? null,
    amount: known === null ? '' : decimalString(known.limit_minor, minorDigits(known.currency)),
    rollover: known?.rollover ?? false,
    ...periodOf(known),
  };
}

function checkLimit(typed: string, currency: string): Promise<void> {
  const minor = parseMoney(typed, currency);
  return minor === null || minor <= 0 ? Promise.reject(new Error('Enter an amount above zero, like 400 or 400.50.')) : Promise.resolve();
}

function checkEvery(typed: string): Promise<void> {
  return /^[1-9]\d{0,2}$/.test(typed.trim()) ? Promise.resolve() : Promise.reject(new Error('A whole number from 1.'));
}
