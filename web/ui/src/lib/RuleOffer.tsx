import { Button } from 'antd';

import { Failure } from './Failure';
import type { Correction } from './useCorrection';
import { counted } from './words';

/** After a correction: whether the same should hold for all of the merchant's bookings. Nothing is made of it unasked. */
export function RuleOffer({ correction }: { correction: Correction }) {
  const { offer, moved } = correction;
  if (correction.error !== null) return <Failure what="The booking was not changed." error={correction.error} />;
  if (offer === null)
    return moved === null ? null : (
      <p className="rule-offer" role="status">
        {counted(moved.count, 'past booking')} moved to {moved.category}; those to come follow.
      </p>
    );
  const subject = offer.match.merchant ?? offer.match.text ?? 'these';
  return (
    <div className="rule-offer" role="status">
      <p>
        <strong>
          Always file {subject} under {offer.category}?
        </strong>{' '}
        <span className="quiet">
          {offer.facts_count === 0
            ? 'It holds for bookings to come.'
            : `Changes ${counted(offer.facts_count, 'past booking')}, and those to come.`}
        </span>
      </p>
      <div>
        <Button type="primary" size="small" loading={correction.isAccepting} onClick={correction.accept}>
          Always
        </Button>
        <Button size="small" onClick={correction.decline}>
          Only this one
        </Button>
      </div>
      {correction.acceptError !== null && <Failure what="The rule was not made." error={correction.acceptError} />}
    </div>
  );
}
