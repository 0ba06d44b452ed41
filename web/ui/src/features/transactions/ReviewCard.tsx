import { useInfiniteQuery } from '@tanstack/react-query';

import { reviewQuery } from '../../api/transactions';
import { Card } from '../../lib/Card';
import { RuleOffer } from '../../lib/RuleOffer';
import { useCorrection } from '../../lib/useCorrection';
import { ReviewItem } from './ReviewItem';

const SHOWN = 3;

/** The first few that wait to be sorted; no card where none do. */
export function ReviewCard({ currency }: { currency: string }) {
  const review = useInfiniteQuery(reviewQuery);
  const correction = useCorrection();
  const items = review.data?.pages.flatMap(({ data }) => data) ?? [];
  if (items.length === 0 && correction.offer === null && correction.moved === null) return null;
  return (
    <Card
      title={`To review: ${items.length}${review.hasNextPage ? '+' : ''}`}
      more={{ href: '/transactions/review', label: 'All of them' }}
    >
      <RuleOffer correction={correction} />
      <ul className="review">
        {items.slice(0, SHOWN).map((item) => (
          <ReviewItem
            key={`${item.transaction.id} ${item.transaction.account_id}`}
            item={item}
            currency={currency}
            correction={correction}
          />
        ))}
      </ul>
    </Card>
  );
}
