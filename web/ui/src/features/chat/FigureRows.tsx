import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';

import { figureRowsQuery } from '../../api/conversations';
import { ApiProblem } from '../../api/problem';
import { Failure } from '../../lib/Failure';
import { formatMoney } from '../../lib/money';
import { Resting } from '../../lib/Resting';
import { counted } from '../../lib/words';
import { FactList } from '../../lib/FactList';

interface Props {
  conversationId: string;
  turnId: string;
  figureId: string;
  currency: string;
  hasFormula: boolean;
}

/** The facts behind a figure, page by page, and their total once all are here; those of a formula have no common one. */
export function FigureRows({ conversationId, turnId, figureId, currency, hasFormula }: Props) {
  const rows = useInfiniteQuery(figureRowsQuery(conversationId, turnId, figureId));
  if (rows.isPending) return <Resting lines={5} label="Fetching the rows" />;
  if (rows.data === undefined) {
    if (rows.error instanceof ApiProblem && rows.error.status === 404)
      return <p className="quiet">This figure was not computed from transactions.</p>;
    return <Failure what="The rows could not be fetched." error={rows.error} onRetry={() => void rows.refetch()} />;
  }
  const facts = rows.data.pages.flatMap((page) => page.data);
  if (facts.length === 0)
    return hasFormula ? null : <p className="quiet">No rows stand behind this figure: there is nothing on record that matches.</p>;
  const total = facts.reduce((sum, fact) => sum + fact.amount_minor, 0);
  return (
    <section aria-label="Rows behind the figure">
      <p className="rows-head" role="status">
        <span>{rows.hasNextPage ? `The first ${counted(facts.length, 'row')}` : counted(facts.length, 'row')}</span>
        {!rows.hasNextPage && !hasFormula && facts.length > 1 && <span>together {formatMoney(total, currency, { signed: true })}</span>}
      </p>
      <FactList facts={facts} currency={currency} />
      {rows.hasNextPage && (
        <Button block loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          Load more rows
        </Button>
      )}
      {rows.isFetchNextPageError && <Failure what="The next rows could not be fetched." error={rows.error} />}
    </section>
  );
}
