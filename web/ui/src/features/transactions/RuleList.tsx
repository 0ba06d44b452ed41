import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';

import { booksChanged } from '../../api/stale';
import { type CategoryRule, removeRule, rulesQuery } from '../../api/transactions';
import { Failure } from '../../lib/Failure';
import { Fetched } from '../../lib/Fetched';
import { formatMoney } from '../../lib/money';

/** What sorts bookings by itself, as the customer agreed to it. */
export function RuleList({ currency }: { currency: string }) {
  const rules = useQuery(rulesQuery);
  return (
    <Fetched
      query={rules}
      what="Your rules"
      isEmpty={({ data }) => data.length === 0}
      empty={<p className="nothing">No rules yet. When you correct a category, Steward offers to file the merchant so from then on.</p>}
    >
      {({ data }) => (
        <ul className="rules card">
          {data.map((rule) => (
            <RuleItem key={rule.id} rule={rule} currency={currency} />
          ))}
        </ul>
      )}
    </Fetched>
  );
}

function RuleItem({ rule, currency }: { rule: CategoryRule; currency: string }) {
  const queries = useQueryClient();
  const removing = useMutation({ mutationFn: () => removeRule(rule.id), onSuccess: () => booksChanged(queries) });
  const subject = ruleSubject(rule, currency);
  return (
    <li>
      <span>
        {subject} <span className="quiet">is filed under</span> <strong>{rule.category}</strong>
        {!rule.apply_to_past && <span className="quiet"> from then on</span>}
      </span>
      <Popconfirm
        title="Delete this rule?"
        description="What it sorted is thought over again."
        okText="Delete"
        onConfirm={() => removing.mutate()}
      >
        <Button size="small" loading={removing.isPending} aria-label={`Delete the rule for ${subject}`}>
          Delete
        </Button>
      </Popconfirm>
      {removing.isError && <Failure what="The rule was not deleted." error={removing.error} />}
    </li>
  );
}

function ruleSubject({ match, account }: CategoryRule, currency: string): string {
  const { merchant, text, amount_min_minor: min, amount_max_minor: max } = match;
  const parts = [merchant ?? (text == null ? 'Any booking' : `“${text}”`)];
  if (account !== null) parts.push(`in ${account}`);
  if (min != null) parts.push(`from ${formatMoney(min, currency)}`);
  if (max != null) parts.push(`up to ${formatMoney(max, currency)}`);
  return parts.join(' ');
}
