import { formatMoment } from '../../lib/dates';
import { argumentLines, effectLines, proposalTitle } from './proposalLines';
import type { Proposal } from './turn';

interface Props {
  proposal: Proposal;
  currency: string;
  timeZone: string;
}

/** A wish to act, kept and shown to the letter. Nothing here can carry it out. */
export function ProposalCard({ proposal, currency, timeZone }: Props) {
  const title = proposalTitle(proposal.kind);
  return (
    <section className="panel proposal" aria-label={`Proposal: ${title}`}>
      <header>
        <strong>{title}</strong>
        <span className="badge">Proposed, not done</span>
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
      <p className="quiet">
        Confirming is not available yet: nothing has changed and no money has moved.
        {proposal.expiresAt !== '' && ` The proposal expires on ${formatMoment(proposal.expiresAt, timeZone)}.`}
      </p>
    </section>
  );
}
