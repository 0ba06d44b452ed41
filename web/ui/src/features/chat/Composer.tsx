import { Sender } from '@ant-design/x';
import { Input } from 'antd';
import { type ComponentProps, useState } from 'react';

import { COMPOSER_ID } from './composerId';

interface Props {
  busy: boolean;
  onSend: (text: string) => void;
  onStop: () => void;
}

const MAX_CHARS = 1000;

function QuestionInput(props: ComponentProps<typeof Input.TextArea>) {
  return <Input.TextArea {...props} id={COMPOSER_ID} aria-label="Your question" maxLength={MAX_CHARS} />;
}

const PARTS = { input: QuestionInput };

export function Composer({ busy, onSend, onStop }: Props) {
  const [text, setText] = useState('');
  const submit = (message: string) => {
    const question = message.trim();
    if (question === '' || busy) return;
    onSend(question);
    setText('');
  };
  return (
    <div className="composer">
      <Sender
        value={text}
        onChange={(value) => setText(value)}
        onSubmit={submit}
        onCancel={onStop}
        loading={busy}
        components={PARTS}
        suffix={(_, { components: { SendButton, LoadingButton } }) =>
          busy ? <LoadingButton aria-label="Stop the answer" /> : <SendButton aria-label="Ask" />
        }
        placeholder="Ask about your money"
        autoSize={{ minRows: 1, maxRows: 6 }}
      />
      <p className="disclosure">
        Steward is an AI and can misread a question. Every figure comes from your own records: press one to see its rows.
      </p>
    </div>
  );
}
