import { Bubble } from '@ant-design/x';
import { Button } from 'antd';
import { memo } from 'react';

import type { Customer } from '../../api/session';
import { Failure } from '../../lib/Failure';
import { AnswerBlocks } from './AnswerBlocks';
import { Citations } from './Citations';
import { type Exchange, isRunning } from './exchanges';
import { MadeBy } from './MadeBy';
import { ProposalCard } from './ProposalCard';
import type { Turn } from './turn';

interface Props {
  exchange: Exchange;
  customer: Customer;
  busy: boolean;
  onReply: (text: string) => void;
  onRetry: (exchange: Exchange) => void;
}

const TOOL_WORDS: Record<string, string> = {
  query: 'Looking in your records',
  accounts: 'Looking at your accounts',
  budgets: 'Looking at your budgets',
  propose_budget: 'Preparing a proposal',
  goals: 'Looking at your goals',
  propose_goal: 'Preparing a proposal',
  propose_category_rule: 'Preparing a proposal',
  propose_transfer: 'Preparing a proposal',
};

/** A question and its answer, at whatever point the answer is. */
export const ExchangeView = memo(function ExchangeView({ exchange, customer, busy, onReply, onRetry }: Props) {
  const { question, phase, text, tool, turn, problem } = exchange;
  const waiting = phase === 'waiting';
  return (
    <>
      {question !== '' && <Bubble placement="end" className="question" content={question} />}
      <article className="answer" aria-label="Answer" aria-busy={isRunning(exchange)}>
        {waiting && (
          <p className="thinking">
            <i aria-hidden="true" />
            {TOOL_WORDS[tool] ?? 'Reading your question'}…
          </p>
        )}
        {turn === null && text !== '' && <p className={phase === 'streaming' ? 'answer-text growing' : 'answer-text'}>{text}</p>}
        {turn !== null && <Answered turn={turn} customer={customer} busy={busy} onReply={onReply} />}
        {phase === 'failed' && <Failure what="This answer did not come through." error={problem} />}
        {phase === 'stopped' && <p className="quiet">Stopped. The answer is not complete.</p>}
        {(phase === 'failed' || phase === 'stopped') && (
          <Button size="small" disabled={busy} onClick={() => onRetry(exchange)}>
            Ask again
          </Button>
        )}
      </article>
    </>
  );
});

function Answered({ turn, customer, busy, onReply }: { turn: Turn; customer: Customer; busy: boolean; onReply: (text: string) => void }) {
  return (
    <>
      {turn.partial && <p className="note">Only a part of the question is answered.</p>}
      <AnswerBlocks turn={turn} customer={customer} busy={busy} onReply={onReply} />
      {turn.proposals
        .filter(({ id }) => !shownAsCard(turn, id))
        .map((proposal) => (
          <ProposalCard key={proposal.id} proposal={proposal} currency={customer.currency} timeZone={customer.timezone} />
        ))}
      <Citations citations={turn.citations} />
      {turn.languageModel !== null && <MadeBy model={turn.languageModel} />}
    </>
  );
}

function shownAsCard(turn: Turn, proposalId: string): boolean {
  return turn.blocks.some((block) => block.type === 'card' && block.proposal?.id === proposalId);
}
