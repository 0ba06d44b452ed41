import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';

import { ApiProblem, sentence } from '../../api/problem';
import { signIn } from '../../api/session';

interface Fields {
  email: string;
  password: string;
}

export function SignIn() {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = ({ email, password }: Fields) => {
    setBusy(true);
    setProblem('');
    signIn(email.trim(), password)
      .catch((error: unknown) => setProblem(refusal(error)))
      .finally(() => setBusy(false));
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <img src="/favicon.svg" alt="" width={44} height={44} />
        <h1>Steward</h1>
        <p className="quiet">Your own records, answered in your own words.</p>
        {problem !== '' && <Alert type="error" showIcon title={problem} role="alert" />}
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={submit} size="large">
          <Form.Item name="email" label="Email" rules={[{ required: true, message: 'Enter your email.' }]}>
            <Input type="email" autoComplete="username" inputMode="email" />
          </Form.Item>
          <Form.Item name="password" label="Password" rules={[{ required: true, message: 'Enter your password.' }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            Sign in
          </Button>
        </Form>
      </div>
    </main>
  );
}

/** The app does not say whether the email or the password was wrong, and neither does this page. */
function refusal(error: unknown): string {
  if (error instanceof ApiProblem && error.status === 401) return 'That email and password do not go together.';
  return sentence(error);
}
