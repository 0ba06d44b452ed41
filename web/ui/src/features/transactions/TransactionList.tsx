import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';

import { type Query, rowsQuery } from '../../api/books';
import type { Transaction } from '../../api/transactions';
import { formatDayLong } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Resting } from '../../lib/Resting';
import { useKeyDown } from '../../lib/useKeyDown';
import { useVisibleRange } from '../../lib/useVisibleRange';
import { SelectionBar } from './SelectionBar';
import { TransactionDrawer } from './TransactionDrawer';
import { TransactionRow } from './TransactionRow';

interface Props {
  query: Query;
  currency: string;
  filtered: boolean;
  onImport: () => void;
}

type Line = { day: string } | { fact: Transaction };

const DAY_PX = 38;
const ROW_PX = 60;
const NEAR_END_ROWS = 40;

/** Rows by day, drawn only where they are looked at, fetched page by page as the end comes near. */
export function TransactionList({ query, currency, filtered, onImport }: Props) {
  const rows = useInfiniteQuery(rowsQuery(query));
  const facts = useMemo(() => rows.data?.pages.flatMap(({ data }) => data) ?? [], [rows.data]);
  if (rows.isPending) return <Resting lines={9} label="Fetching the transactions" />;
  if (rows.data === undefined)
    return <Failure what="The transactions could not be fetched." error={rows.error} onRetry={() => void rows.refetch()} />;
  if (facts.length === 0) return <Nothing filtered={filtered} onImport={onImport} />;
  const fetchMore = () => {
    if (rows.hasNextPage && !rows.isFetchingNextPage && !rows.isFetchNextPageError) void rows.fetchNextPage();
  };
  return (
    <>
      <Ledger facts={facts} currency={currency} onNearEnd={fetchMore} />
      {rows.isFetchNextPageError && (
        <Failure what="The next transactions could not be fetched." error={rows.error} onRetry={() => void rows.fetchNextPage()} />
      )}
    </>
  );
}

function Ledger({ facts, currency, onNearEnd }: { facts: Transaction[]; currency: string; onNearEnd: () => void }) {
  const { lines, offsets } = useMemo(() => linesOf(facts), [facts]);
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const [opened, open] = useState<Transaction | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const [first, after] = useVisibleRange(box, offsets);
  useKeyDown(box, moveAmongRows);
  const nearEnd = after > lines.length - NEAR_END_ROWS;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  }, [nearEnd, lines.length, onNearEnd]);
  return (
    <>
      <SelectionBar selected={selected} onClear={() => select(new Set())} />
      <div className="ledger" ref={box} role="region" aria-label="Transactions" tabIndex={0}>
        <ol style={{ blockSize: offsets.at(-1) ?? 0 }}>
          {lines.slice(first, after).map((line, index) => {
            const place = { transform: `translateY(${offsets[first + index] ?? 0}px)` };
            return isDay(line) ? (
              <li key={line.day} className="ledger-day" style={{ ...place, blockSize: DAY_PX }}>
                <h2>{formatDayLong(line.day)}</h2>
              </li>
            ) : (
              <TransactionRow
                key={`${line.fact.id} ${line.fact.account_id}`}
                fact={line.fact}
                currency={currency}
                style={{ ...place, blockSize: ROW_PX }}
                selected={selected.has(line.fact.id)}
                onSelect={(on) => select(changed(selected, line.fact.id, on))}
                onOpen={() => open(line.fact)}
              />
            );
          })}
        </ol>
      </div>
      <TransactionDrawer transaction={opened} currency={currency} onClose={() => open(null)} />
    </>
  );
}

function changed(selected: ReadonlySet<string>, id: string, on: boolean): ReadonlySet<string> {
  const next = new Set(selected);
  if (on) next.add(id);
  else next.delete(id);
  return next;
}

function Nothing({ filtered, onImport }: { filtered: boolean; onImport: () => void }) {
  return filtered ? (
    <p className="nothing">No booking matches all of these. Remove one of them to see more.</p>
  ) : (
    <div className="nothing">
      <p>No transactions yet. They come with the first bank export that you import.</p>
      <Button onClick={onImport}>Import a bank export</Button>
    </div>
  );
}

function isDay(line: Line): line is { day: string } {
  return 'day' in line;
}

function linesOf(facts: Transaction[]): { lines: Line[]; offsets: number[] } {
  const lines: Line[] = [];
  const offsets = [0];
  const add = (line: Line, height: number) => {
    lines.push(line);
    offsets.push((offsets.at(-1) ?? 0) + height);
  };
  let day = '';
  for (const fact of facts) {
    if (fact.booked_on !== day) add({ day: fact.booked_on }, DAY_PX);
    day = fact.booked_on;
    add({ fact }, ROW_PX);
  }
  return { lines, offsets };
}

/** Up and down go from row to row. */
function moveAmongRows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.ledger-open')];
  const here = rows.findIndex((row) => row.closest('li')?.contains(document.activeElement) === true);
  const next = rows[here === -1 ? 0 : here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
