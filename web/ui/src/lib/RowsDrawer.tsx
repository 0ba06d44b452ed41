import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';

import { type Query, rowsQuery } from '../api/books';
import { FactList } from './FactList';
import { Failure } from './Failure';
import { Link } from './Link';
import { addressOf } from './queryAddress';
import { Resting } from './Resting';
import type { Shown } from './rowsContext';
import { counted } from './words';

interface Props {
  shown: Shown;
  currency: string;
  open: boolean;
  onClose: () => void;
}

/** The bookings that a figure on a page was worked out from. */
export default function RowsDrawer({ shown, currency, open, onClose }: Props) {
  return (
    <Drawer open={open} onClose={onClose} size={560} title={shown.title} destroyOnHidden className="figure-drawer">
      {shown.text !== '' && (
        <header className="figure-head">
          <h2>{shown.text}</h2>
        </header>
      )}
      <Rows query={shown.query} currency={currency} />
      <Link href={addressOf(shown.query)} onClick={onClose}>
        Open these in Transactions
      </Link>
    </Drawer>
  );
}

function Rows({ query, currency }: { query: Query; currency: string }) {
  const rows = useInfiniteQuery(rowsQuery(query));
  if (rows.isPending) return <Resting lines={5} label="Fetching the rows" />;
  if (rows.data === undefined)
    return <Failure what="The rows could not be fetched." error={rows.error} onRetry={() => void rows.refetch()} />;
  const facts = rows.data.pages.flatMap((page) => page.data);
  if (facts.length === 0) return <p className="quiet">There is nothing on record that matches.</p>;
  return (
    <section aria-label="Rows behind the figure">
      <p className="rows-head" role="status">
        {rows.hasNextPage ? `The first ${counted(facts.length, 'row')}` : counted(facts.length, 'row')}
      </p>
      <FactList facts={facts} currency={currency} />
      {rows.hasNextPage && (
        <Button block loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
          Load more rows
        </Button>
      )}
    </section>
  );
}
