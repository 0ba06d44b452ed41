import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import { formatDay, formatDayShort } from '../../lib/dates';
import { formatMoney, formatMoneyShort } from '../../lib/money';

interface Point {
  on: string;
  minor: number;
}

interface Props {
  points: Point[];
  currency: string;
  label: string;
}

const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--ink-2)', fontSize: 12 }, tickLine: false, axisLine: false } as const;
const HEIGHT_PX = 220;

export default function NetWorthChart({ points, currency, label }: Props) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const spoken = `${label}: from ${formatMoney(first.minor, currency)} on ${formatDay(first.on)} to ${formatMoney(last.minor, currency)} on ${formatDay(last.on)}.`;
  return (
    <div className="drawing" role="img" aria-label={spoken}>
      <ResponsiveContainer width="100%" height={HEIGHT_PX}>
        <AreaChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <defs>
            <linearGradient id="worth" x1="0" y1="0" x2="0" y2="1">
              <stop offset="0%" stopColor="var(--series-1)" stopOpacity={0.28} />
              <stop offset="100%" stopColor="var(--series-1)" stopOpacity={0.02} />
            </linearGradient>
          </defs>
          <CartesianGrid stroke="var(--line)" strokeDasharray="2 4" vertical={false} />
          <XAxis dataKey="on" tickFormatter={formatDayShort} minTickGap={36} {...AXIS} />
          <YAxis tickFormatter={(minor: number) => formatMoneyShort(minor, currency)} width={58} domain={['auto', 'auto']} {...AXIS} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ink-3)' }}
            content={({ active, payload }) => {
              const point = payload[0]?.payload as Point | undefined;
              return active && point !== undefined ? (
                <div className="chart-tip">
                  <span>{formatDay(point.on)}</span>
                  <b>{formatMoney(point.minor, currency)}</b>
                </div>
              ) : null;
            }}
          />
          <Area
            dataKey="minor"
            type="monotone"
            stroke="var(--series-1)"
            strokeWidth={2.5}
            fill="url(#worth)"
            isAnimationActive={false}
            activeDot={{ r: 5, strokeWidth: 0 }}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}
