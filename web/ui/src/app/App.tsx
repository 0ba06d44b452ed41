import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as Feedback, Button, ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import { useEffect, useState, useSyncExternalStore } from 'react';

import { isTransient } from '../api/problem';
import { refresh, session } from '../api/session';
import { SignIn } from '../features/auth/SignIn';
import { useColourMode } from '../lib/colourMode';
import { Failure } from '../lib/Failure';
import { Shell } from './Shell';
import { themeFor } from './theme';

const RETRIES = 2;

/** The frame around everything: colours, cached answers, and whether anybody is signed in. */
export function App() {
  const mode = useColourMode();
  return (
    <ConfigProvider theme={themeFor(mode)} locale={enGB}>
      <Feedback>
        <Gate />
      </Feedback>
    </ConfigProvider>
  );
}

function Gate() {
  const state = useSyncExternalStore(session.subscribe, session.state);
  useEffect(() => {
    if (session.state().status === 'unknown') void refresh();
  }, []);
  switch (state.status) {
    case 'unknown':
      return <main className="sign-in" aria-busy="true" aria-label="Opening Steward" />;
    case 'unreachable':
      return (
        <main className="sign-in">
          <Failure what="Steward did not open." error={state.problem} />
          <Button type="primary" onClick={() => void refresh()}>
            Try again
          </Button>
        </main>
      );
    case 'signed-out':
      return <SignIn />;
    case 'signed-in':
      return <SignedIn key={state.customer.id} />;
  }
}

/** The cache belongs to one person: another one starts with an empty one. */
function SignedIn() {
  const state = useSyncExternalStore(session.subscribe, session.state);
  const [queries] = useState(newQueryClient);
  useEffect(() => () => queries.clear(), [queries]);
  if (state.status !== 'signed-in') return null;
  return (
    <QueryClientProvider client={queries}>
      <Shell customer={state.customer} />
    </QueryClientProvider>
  );
}

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (failures, error) => failures < RETRIES && isTransient(error), staleTime: 30_000, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
}
