import { CloseOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';

import type { Query } from '../../api/books';
import { dismissInsight, type Insight, insightsQuery } from '../../api/recurring';
import { Card } from '../../lib/Card';
import { formatDay } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';
import { useShowRows } from '../../lib/rowsContext';

/** What is worth knowing, each with the rows that show it. */
export function InsightsCard({ currency }: { currency: string }) {
  const insights = useQuery(insightsQuery);
  return (
    <Card title="Worth knowing">
      <Fetched
        query={insights}
        what="What is worth knowing"
        isEmpty={(found) => found.length === 0}
        empty={<p className="quiet">Nothing out of the ordinary.</p>}
      >
        {(found) => (
          <ul className="insights">
            {found.map((insight) => (
              <InsightItem key={insight.id} insight={insight} currency={currency} />
            ))}
          </ul>
        )}
      </Fetched>
    </Card>
  );
}

function InsightItem({ insight, currency }: { insight: Insight; currency: string }) {
  const queries = useQueryClient();
  const showRows = useShowRows();
  const dismissing = useMutation({
    mutationFn: () => dismissInsight(insight.id),
    onSuccess: () => queries.invalidateQueries({ queryKey: insightsQuery.queryKey }),
  });
  const { title, amount_minor: amount, before_minor: before, on, evidence } = insight;
  const figure = before == null ? formatMoney(amount, currency) : `${formatMoney(before, currency)} → ${formatMoney(amount, currency)}`;
  const query = evidence.query as Query | null;
  return (
    <li>
      <div>
        <strong>{title}</strong>
        <span className="quiet">
          {query === null ? (
            figure
          ) : (
            <button type="button" className="figure" aria-haspopup="dialog" onClick={() => showRows({ title, text: figure, query })}>
              {figure}
            </button>
          )}{' '}
          · {formatDay(on)}
        </span>
      </div>
      <Button
        type="text"
        size="small"
        aria-label={`Dismiss: ${title}`}
        loading={dismissing.isPending}
        icon={<CloseOutlined aria-hidden />}
        onClick={() => dismissing.mutate()}
      />
      {dismissing.isError && <Failure what="It was not dismissed." error={dismissing.error} />}
    </li>
  );
}
