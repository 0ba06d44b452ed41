import { Button } from 'antd';
import { lazy, Suspense } from 'react';

import type { Customer } from '../../api/session';
import { Resting } from '../../lib/Resting';
import { AnswerText } from './AnswerText';
import { bindTurn, type BoundBlock } from './bindTurn';
import { DataTable } from './DataTable';
import { ProposalCard } from './ProposalCard';
import type { Turn } from './turn';

const ChartBlock = lazy(() => import('./ChartBlock'));

interface Props {
  turn: Turn;
  customer: Customer;
  busy: boolean;
  onReply: (text: string) => void;
}

/** The finished answer: its blocks in order. */
export function AnswerBlocks(props: Props) {
  return bindTurn(props.turn).map((block, index) => <OneBlock key={index} block={block} {...props} />);
}

function OneBlock({ block, turn, customer, busy, onReply }: Props & { block: BoundBlock }) {
  switch (block.type) {
    case 'said':
      return <AnswerText turn={turn} spans={block.spans} />;
    case 'items':
      return (
        <ul className="answer-list">
          {block.items.map((spans, index) => (
            <li key={index}>
              <AnswerText turn={turn} spans={spans} />
            </li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <figure className="panel">
          {block.title !== '' && <figcaption>{block.title}</figcaption>}
          <DataTable turn={turn} table={block} label={block.title || 'Table'} />
        </figure>
      );
    case 'chart':
      return (
        <Suspense fallback={<Resting lines={4} label="Drawing the chart" />}>
          <ChartBlock turn={turn} chart={block} />
        </Suspense>
      );
    case 'quick_replies':
      return (
        <div className="replies" role="group" aria-label="Suggested replies">
          {block.replies.map((reply) => (
            <Button key={reply.text} shape="round" disabled={busy} onClick={() => onReply(reply.text)}>
              {reply.label || reply.text}
            </Button>
          ))}
        </div>
      );
    case 'card':
      return block.proposal === null ? (
        <NoteCard title={block.title} text={block.text} />
      ) : (
        <ProposalCard proposal={block.proposal} currency={customer.currency} timeZone={customer.timezone} />
      );
  }
}

function NoteCard({ title, text }: { title: string; text: string }) {
  if (title === '' && text === '') return null;
  return (
    <aside className="panel">
      {title !== '' && <strong>{title}</strong>}
      {text !== '' && <p>{text}</p>}
    </aside>
  );
}
