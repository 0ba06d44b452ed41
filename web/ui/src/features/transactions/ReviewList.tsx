import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { reviewQuery } from '../../api/transactions';
import { Failure } from '../../lib/Failure';
import { Resting } from '../../lib/Resting';
import { RuleOffer } from '../../lib/RuleOffer';
import { useCorrection } from '../../lib/useCorrection';
import { ReviewItem } from './ReviewItem';

/** What nobody could sort, or not surely: each is settled by one press. */
export function ReviewList({ currency }: { currency: string }) {
  const review = useInfiniteQuery(reviewQuery);
  const correction = useCorrection();
  if (review.isPending) return <Resting lines={6} label="Fetching what waits for you" />;
  if (review.data === undefined)
    return <Failure what="What waits for you could not be fetched." error={review.error} onRetry={() => void review.refetch()} />;
  const items = review.data.pages.flatMap(({ data }) => data);
  return (
    <>
      <RuleOffer correction={correction} />
      {items.length === 0 ? (
        <p className="nothing">Nothing waits for you: every booking has its category.</p>
      ) : (
        <ul className="review card">
          {items.map((item) => (
            <ReviewItem
              key={`${item.transaction.id} ${item.transaction.account_id}`}
              item={item}
              currency={currency}
              correction={correction}
            />
          ))}
        </ul>
      )}
      {review.hasNextPage && (
        <Button block loading={review.isFetchingNextPage} onClick={() => void review.fetchNextPage()}>
          Load more
        </Button>
      )}
    </>
  );
}
