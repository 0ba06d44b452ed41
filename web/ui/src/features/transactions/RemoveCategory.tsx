import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Modal, Select } from 'antd';

import { type Category, removeCategory } from '../../api/categories';
import { booksChanged } from '../../api/stale';
import { Failure } from '../../lib/Failure';

interface Props {
  category: Category | null;
  categories: Category[];
  onClose: () => void;
}

/** A category goes only when it is said where its bookings go. */
export function RemoveCategory({ category, categories, onClose }: Props) {
  return category === null ? null : <Removing key={category.id} category={category} categories={categories} onClose={onClose} />;
}

function Removing({ category, categories, onClose }: Props & { category: Category }) {
  const [form] = Form.useForm<{ into: string }>();
  const queries = useQueryClient();
  const removing = useMutation({
    mutationFn: (into: string) => removeCategory(category.id, into),
    onSuccess: () => {
      onClose();
      return booksChanged(queries);
    },
  });
  return (
    <Modal
      open
      title={`Remove ${category.name}`}
      okText="Remove it"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={removing.isPending}
      width={440}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={({ into }) => removing.mutate(into)}>
        <Form.Item
          name="into"
          label="Its bookings, rules and budgets pass to"
          rules={[{ required: true, message: 'Choose where they go.' }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={categories.filter(({ id }) => id !== category.id).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Form>
      {removing.isError && <Failure what={`${category.name} was not removed.`} error={removing.error} />}
    </Modal>
  );
}
