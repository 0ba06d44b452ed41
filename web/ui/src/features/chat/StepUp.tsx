import { useMutation } from '@tanstack/react-query';
import { Form, Input, Modal } from 'antd';

import { stepUp } from '../../api/session';
import { Failure } from '../../lib/Failure';

interface Props {
  open: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** The password once more, for what moves money; good for five minutes. */
export function StepUp({ open, onClose, onDone }: Props) {
  const [form] = Form.useForm<{ password: string }>();
  const giving = useMutation({
    mutationFn: ({ password }: { password: string }) => stepUp(password),
    onSuccess: onDone,
    onSettled: () => form.resetFields(),
  });
  return (
    <Modal
      open={open}
      title="Confirm with your password"
      okText="Confirm"
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={giving.isPending}
      width={400}
      afterOpenChange={(opened) => opened && form.focusField('password')}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => giving.mutate(fields)}>
        <Form.Item name="password" label="Password" rules={[{ required: true, message: 'Enter your password.' }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
      </Form>
      {giving.isError && <Failure what="The password was not accepted." error={giving.error} />}
    </Modal>
  );
}
