import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Popconfirm } from 'antd';
import { type SyntheticEvent, useState } from 'react';

import { changeGoal, contribute, type Goal } from '../../api/goals';
import { formatDay } from '../../lib/dates';
import { Failure } from '../../lib/Failure';
import { formatMoney, parseMoney } from '../../lib/money';

interface Props {
  goal: Goal;
  onEdit: () => void;
}

/** How far a goal is, what it takes, and when it is reached as things go. */
export function GoalTile({ goal, onEdit }: Props) {
  const queries = useQueryClient();
  const archiving = useMutation({
    mutationFn: () => changeGoal(goal.id, { archived: true }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['goals'] }),
  });
  const { name, currency, saved_minor: saved, target_minor: target, progress_ratio: ratio } = goal;
  return (
    <li className="card goal">
      <div className="budget-line">
        <strong>{name}</strong>
        <span className="quiet">{goal.account}</span>
      </div>
      <p>
        <b className="big-figure">{saved == null ? 'Unknown' : formatMoney(saved, currency)}</b>{' '}
        <span className="quiet">of {formatMoney(target, currency)}</span>
      </p>
      <div className="pace-bar calm" role="img" aria-label={ratio == null ? 'Progress unknown' : `${Math.floor(ratio * 100)} % saved`}>
        <i style={{ inlineSize: `${Math.min(1, Math.max(0, ratio ?? 0)) * 100}%` }} />
      </div>
      {outlook(goal).map((line) => (
        <p key={line} className="quiet">
          {line}
        </p>
      ))}
      {goal.account_id === null && <PutAside goal={goal} />}
      <p className="tile-actions">
        <button type="button" className="link" onClick={onEdit}>
          Change<span className="hidden-words"> {name}</span>
        </button>
        <Popconfirm
          title={`Put ${name} away?`}
          description="It is not shown any more."
          okText="Put away"
          onConfirm={() => archiving.mutate()}
        >
          <button type="button" className="link" disabled={archiving.isPending}>
            Put away<span className="hidden-words"> {name}</span>
          </button>
        </Popconfirm>
      </p>
      {archiving.isError && <Failure what="The goal was not put away." error={archiving.error} />}
    </li>
  );
}

function PutAside({ goal }: { goal: Goal }) {
  const [typed, setTyped] = useState('');
  const queries = useQueryClient();
  const minor = parseMoney(typed, goal.currency);
  const adding = useMutation({
    mutationFn: (amountMinor: number) => contribute(goal.id, amountMinor),
    onSuccess: () => {
      setTyped('');
      return queries.invalidateQueries({ queryKey: ['goals'] });
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (minor !== null && minor !== 0) adding.mutate(minor);
  };
  return (
    <form className="put-aside" onSubmit={submit}>
      <Input
        size="small"
        inputMode="decimal"
        autoComplete="off"
        aria-label={`Put aside for ${goal.name} (${goal.currency})`}
        placeholder="Put aside"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button size="small" htmlType="submit" disabled={minor === null || minor === 0} loading={adding.isPending}>
        {minor !== null && minor < 0 ? 'Take out' : 'Add'}
      </Button>
      {adding.isError && <Failure what="It was not added." error={adding.error} />}
    </form>
  );
}

function outlook({
  left_minor: left,
  currency,
  target_on: by,
  monthly_needed_minor: monthly,
  projected_on: projected,
  on_track: onTrack,
}: Goal): string[] {
  const lines: string[] = [];
  if (left != null && left <= 0) return ['Reached.'];
  if (by != null)
    lines.push(monthly == null ? `By ${formatDay(by)}.` : `${formatMoney(monthly, currency)} a month to be there by ${formatDay(by)}.`);
  if (projected != null) {
    const late = onTrack === false ? ': later than you wished' : '';
    lines.push(`As things go, reached on ${formatDay(projected)}${late}.`);
  } else if (left != null) lines.push('Nothing was put aside lately, so when it is reached cannot be said.');
  return lines;
}
