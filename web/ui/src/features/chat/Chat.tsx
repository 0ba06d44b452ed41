import { type ReactNode, useEffect, useState } from 'react';

import type { Customer } from '../../api/session';
import { Failure } from '../../lib/Failure';
import { focusById } from '../../lib/focus';
import { Resting } from '../../lib/Resting';
import { Composer } from './Composer';
import { COMPOSER_ID } from './composerId';
import { EmptyChat } from './EmptyChat';
import { ExchangeView } from './ExchangeView';
import { FigureContext, type Pressed } from './figureContext';
import { FigureDrawer } from './FigureDrawer';
import { History } from './History';
import { useConversation } from './useConversation';
import { useFollowingEnd } from './useFollowingEnd';

interface Props {
  customer: Customer;
  hasFacts: boolean;
  /** Counts up when the keyboard is to go to the question. */
  focusCount: number;
  onImport: () => void;
  actions: ReactNode;
}

export default function Chat({ customer, hasFacts, focusCount, onImport, actions }: Props) {
  const conversation = useConversation(customer.id);
  const { exchanges, busy } = conversation;
  const [pressed, setPressed] = useState<Pressed | null>(null);
  useEffect(() => {
    if (focusCount > 0) focusById(COMPOSER_ID);
  }, [focusCount]);
  const { thread, content } = useFollowingEnd(exchanges.length);
  const empty = exchanges.length === 0 && !conversation.loading && conversation.error === null;
  return (
    <FigureContext value={setPressed}>
      <section className="chat" aria-label="Chat">
        <header className="chat-head">
          <h2>Ask Steward</h2>
          <History current={conversation.id} timeZone={customer.timezone} onOpen={conversation.open} />
          {actions}
        </header>
        <div className="thread" ref={thread} role="log" aria-live="polite" aria-label="Conversation">
          <div className="thread-inner" ref={content}>
            {conversation.loading && <Resting lines={4} label="Fetching the conversation" />}
            {conversation.error !== null && (
              <Failure what="The conversation could not be fetched." error={conversation.error} onRetry={conversation.reload} />
            )}
            {empty && <EmptyChat name={customer.name} hasFacts={hasFacts} onAsk={conversation.send} onImport={onImport} />}
            {exchanges.map((exchange) => (
              <ExchangeView
                key={exchange.key}
                exchange={exchange}
                customer={customer}
                busy={busy}
                onReply={conversation.send}
                onRetry={conversation.retry}
              />
            ))}
          </div>
        </div>
        <Composer busy={busy} onSend={conversation.send} onStop={conversation.stop} />
      </section>
      <FigureDrawer
        conversationId={conversation.id ?? ''}
        pressed={pressed}
        currency={customer.currency}
        onClose={() => setPressed(null)}
      />
    </FigureContext>
  );
}
