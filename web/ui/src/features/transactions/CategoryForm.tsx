import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';

import { type Category, changeCategory, makeCategory } from '../../api/categories';
import { booksChanged } from '../../api/stale';
import { Failure } from '../../lib/Failure';

interface Props {
  editing: Category | 'new' | null;
  categories: Category[];
  onClose: () => void;
}

interface Fields {
  name: string;
  parent: string;
}

const TOP = 'top';

export function CategoryForm({ editing, categories, onClose }: Props) {
  return editing === null ? null : (
    <Editing key={editing === 'new' ? 'new' : editing.id} editing={editing} categories={categories} onClose={onClose} />
  );
}

function Editing({ editing, categories, onClose }: Props & { editing: Category | 'new' }) {
  const [form] = Form.useForm<Fields>();
  const queries = useQueryClient();
  const known = editing === 'new' ? null : editing;
  const saving = useMutation({
    mutationFn: ({ name, parent }: Fields) => {
      const wish = { name: name.trim(), parent_id: parent === TOP ? null : parent };
      return known === null ? makeCategory(wish) : changeCategory(known.id, wish);
    },
    onSuccess: () => {
      onClose();
      return booksChanged(queries);
    },
  });
  const within = known === null ? new Set<string>() : branchOf(known.id, categories);
  return (
    <Modal
      open
      title={known === null ? 'New category' : `Change ${known.name}`}
      okText="Save"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={saving.isPending}
      width={440}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: known?.name ?? '', parent: known?.parent_id ?? TOP }}
        onFinish={(fields) => saving.mutate(fields)}
      >
        <Form.Item name="name" label="Name" rules={[{ required: true, whitespace: true, message: 'Name it.' }]}>
          <Input maxLength={120} autoComplete="off" />
        </Form.Item>
        <Form.Item name="parent" label="Under">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              { value: TOP, label: 'Nothing: at the top' },
              ...categories
                .filter(({ id, in_tree: inTree }) => inTree && !within.has(id))
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Form.Item>
      </Form>
      {saving.isError && <Failure what="The category was not saved." error={saving.error} />}
    </Modal>
  );
}

/** A category cannot lie under itself or its own. */
function branchOf(id: string, categories: readonly Category[]): Set<string> {
  const within = new Set([id]);
  for (const { id: other, parent_id: parent } of categories) if (parent !== null && within.has(parent)) within.add(other);
  return within;
}
