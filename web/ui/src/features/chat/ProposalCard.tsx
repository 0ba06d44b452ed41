import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';

import { ApiProblem } from '../../api/problem';
import { cancelProposal, confirmProposal, proposalQuery } from '../../api/proposals';
import { formatMoment } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { argumentLines, effectLines, outcomeLines, proposalTitle, STATUS_WORDS, statusOf } from './proposalLines';
import { StepUp } from './StepUp';
import type { Proposal } from './turn';

interface Props {
  proposal: Proposal;
  currency: string;
  timeZone: string;
}

/** A wish to act, shown to the letter from what was stored, and the person's own yes or no to it. */
export function ProposalCard({ proposal, currency, timeZone }: Props) {
  const title = proposalTitle(proposal.kind);
  const stored = useQuery(proposalQuery(proposal.id));
  const status = statusOf(stored.data);
  return (
    <section className="panel proposal" aria-label={`Proposal: ${title}`}>
      <header>
        <strong>{title}</strong>
        <span className="badge" role="status">
          {STATUS_WORDS[status] ?? status}
        </span>
      </header>
      <dl>
        {argumentLines(proposal, currency).map(({ name, value, from }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {from !== '' && <span className="provenance">from {from}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {effectLines(proposal.effect, currency).map((line) => (
        <p key={line} className="effect">
          {line}
        </p>
      ))}
      {outcomeLines(stored.data).map((line) => (
        <p key={line} className="effect">
          {line}
        </p>
      ))}
      {stored.isError && (
        <Failure what="What became of this proposal could not be fetched." error={stored.error} onRetry={() => void stored.refetch()} />
      )}
      {status === 'proposed' && (
        <p className="quiet">
          Nothing has changed and no money has moved.
          {proposal.expiresAt !== '' && ` Unconfirmed, the proposal expires on ${formatMoment(proposal.expiresAt, timeZone)}.`}
        </p>
      )}
      {stored.data?.status === 'proposed' && <Acts proposal={proposal} />}
    </section>
  );
}

/** Yes or no. Where money moves, the app may ask for the password first. */
function Acts({ proposal }: { proposal: Proposal }) {
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const settled = () => void queries.invalidateQueries();
  const confirming = useMutation({
    mutationFn: () => confirmProposal(proposal.id, proposal.argumentsSha256),
    onError: (error) => {
      if (needsPassword(error)) setAsking(true);
      else settled();
    },
    onSuccess: settled,
  });
  const cancelling = useMutation({ mutationFn: () => cancelProposal(proposal.id), onSettled: settled });
  const busy = confirming.isPending || cancelling.isPending;
  const failed = confirming.isError && !needsPassword(confirming.error) ? confirming.error : cancelling.error;
  return (
    <>
      {failed !== null && <Failure what="The proposal was not carried out." error={failed} />}
      <footer className="acts">
        <Button type="primary" loading={confirming.isPending} disabled={busy} onClick={() => confirming.mutate()}>
          Confirm
        </Button>
        <Button loading={cancelling.isPending} disabled={busy} onClick={() => cancelling.mutate()}>
          Cancel
        </Button>
      </footer>
      <StepUp
        open={asking}
        onClose={() => setAsking(false)}
        onDone={() => {
          setAsking(false);
          confirming.mutate();
        }}
      />
    </>
  );
}

function needsPassword(error: Error | null): boolean {
  return error instanceof ApiProblem && error.code === 'step_up_is_needed';
}
