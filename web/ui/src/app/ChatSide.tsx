import { CloseOutlined, ExpandAltOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { lazy, Suspense, useRef } from 'react';

import type { Customer } from '../api/session';
import { go } from '../lib/address';
import { Resting } from '../lib/Resting';
import { useKeyDown } from '../lib/useKeyDown';
import { CHAT_PATH } from './pages';
import { CONTENT_ID } from './useChatSide';

const Chat = lazy(() => import('../features/chat/Chat'));

interface Props {
  customer: Customer;
  /** `page` gives it the room of a page, `panel` a place beside one. Hidden, it goes on with its answer. */
  shown: 'page' | 'panel' | 'hidden';
  hasFacts: boolean;
  focusCount: number;
  onImport: () => void;
  onClose: () => void;
}

/** The one conversation, which no change of page interrupts. */
export function ChatSide({ customer, shown, hasFacts, focusCount, onImport, onClose }: Props) {
  const side = useRef<HTMLDivElement>(null);
  useKeyDown(side, (event) => {
    if (event.key === 'Escape' && shown === 'panel' && !event.defaultPrevented) onClose();
  });
  const actions = shown === 'panel' && (
    <>
      <Tooltip title="Give it the whole page">
        <Button
          className="wide-only"
          type="text"
          aria-label="Give the chat the whole page"
          icon={<ExpandAltOutlined aria-hidden />}
          onClick={() => go(CHAT_PATH)}
        />
      </Tooltip>
      <Tooltip title="Close the chat">
        <Button type="text" aria-label="Close the chat" icon={<CloseOutlined aria-hidden />} onClick={onClose} />
      </Tooltip>
    </>
  );
  return (
    <div
      id={shown === 'page' ? CONTENT_ID : 'chat'}
      ref={side}
      className="chat-side"
      role={shown === 'page' ? 'main' : 'complementary'}
      aria-label="Steward's chat"
      hidden={shown === 'hidden'}
      tabIndex={-1}
    >
      {shown === 'page' && <h1 className="hidden-words">Chat</h1>}
      <Suspense fallback={<Resting lines={4} label="Opening the chat" />}>
        <Chat customer={customer} hasFacts={hasFacts} focusCount={focusCount} onImport={onImport} actions={actions} />
      </Suspense>
    </div>
  );
}
