/** A correction of one movement, and the rule that it may make worth having. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { booksChanged } from '../api/stale';
import { changeTransaction, makeRule, type OfferedRule, type Transaction, type TransactionChange } from '../api/transactions';

export interface Correction {
  change: (id: string, change: TransactionChange) => void;
  isPending: boolean;
  /** As it stands after the last change. */
  latest: Transaction | null;
  error: unknown;
  offer: OfferedRule | null;
  accept: () => void;
  decline: () => void;
  isAccepting: boolean;
  acceptError: unknown;
  /** How many past bookings the accepted rule moved. */
  moved: { category: string; count: number } | null;
}

export function useCorrection(): Correction {
  const queries = useQueryClient();
  const [offer, setOffer] = useState<OfferedRule | null>(null);
  const [moved, setMoved] = useState<Correction['moved']>(null);
  const correcting = useMutation({
    mutationFn: ({ id, change }: { id: string; change: TransactionChange }) => changeTransaction(id, change),
    onSuccess: ({ offered_rule: offered }) => {
      setOffer(offered);
      setMoved(null);
      return booksChanged(queries);
    },
  });
  const accepting = useMutation({
    mutationFn: makeRule,
    onSuccess: ({ rule, changed_count: count }) => {
      setOffer(null);
      setMoved({ category: rule.category, count });
      return booksChanged(queries);
    },
  });
  return {
    change: (id, change) => correcting.mutate({ id, change }),
    isPending: correcting.isPending,
    latest: correcting.data?.transaction ?? null,
    error: correcting.error,
    offer,
    accept: () => {
      if (offer !== null) accepting.mutate(offer);
    },
    decline: () => setOffer(null),
    isAccepting: accepting.isPending,
    acceptError: accepting.error,
    moved,
  };
}
