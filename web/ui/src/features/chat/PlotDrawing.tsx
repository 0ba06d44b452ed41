import { Bar, BarChart, CartesianGrid, Legend, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

import type { ChartContent } from './ChartBlock';
import { axisLabel, type DrawnRow, liesDown, rowsByX, tickLabel, waterfallRows } from './chartShape';
import { ChartTip } from './ChartTip';
import { usePressPoint } from './usePressPoint';
import type { Turn } from './turn';

interface Props {
  turn: Turn;
  chart: ChartContent;
}

const AXIS = { stroke: 'var(--line)', tick: { fill: 'var(--ink-2)', fontSize: 12 }, tickLine: false } as const;
const HEIGHT_PX = 260;
const LYING_BAR_PX = 38;

/** Line, bar and waterfall on two axes. */
export function PlotDrawing({ turn, chart }: Props) {
  const press = usePressPoint(turn, chart);
  const fall = chart.kind === 'waterfall' ? chart.series[0] : undefined;
  const rows = fall === undefined ? rowsByX(chart.series) : waterfallRows(fall);
  const lying = chart.kind !== 'line' && liesDown(rows);
  const height = lying ? Math.max(160, rows.length * LYING_BAR_PX * Math.max(1, chart.series.length * 0.6) + 40) : HEIGHT_PX;
  const several = chart.series.length > 1;
  const Plot = chart.kind === 'line' ? LineChart : BarChart;
  return (
    <div className="drawing" role="img" aria-label={`${chart.title || 'Chart'}; its numbers are in the table.`}>
      <ResponsiveContainer width="100%" height={height}>
        <Plot
          data={rows}
          layout={lying ? 'vertical' : 'horizontal'}
          margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
          accessibilityLayer={false}
        >
          <CartesianGrid stroke="var(--line)" strokeDasharray="2 4" vertical={lying} horizontal={!lying} />
          {axes(lying, chart.unit, rows)}
          <Tooltip
            content={<ChartTip series={chart.series} />}
            cursor={chart.kind === 'line' ? { stroke: 'var(--ink-3)' } : { fill: 'var(--hover)' }}
            isAnimationActive={false}
          />
          {several && <Legend iconType="plainline" wrapperStyle={{ fontSize: 13 }} />}
          {!lying && <ReferenceLine y={0} stroke="var(--line-strong)" />}
          {fall !== undefined && <Bar dataKey="base" stackId="step" fill="transparent" isAnimationActive={false} />}
          {chart.series.map(({ name }, index) =>
            chart.kind === 'line' ? (
              <Line
                key={name}
                name={name}
                dataKey={(row: DrawnRow) => row.values[index]}
                stroke={colour(index)}
                strokeWidth={2.5}
                type="monotone"
                dot={{ r: rows.length > 40 ? 0 : 3, fill: colour(index), strokeWidth: 0 }}
                activeDot={{ r: 6, className: 'pressable', onClick: (_, event) => press(index, xOf(event)) }}
                isAnimationActive={false}
              />
            ) : (
              <Bar
                key={name}
                name={name}
                dataKey={(row: DrawnRow) => row.values[index]}
                fill={colour(index)}
                radius={lying ? [0, 6, 6, 0] : [6, 6, 0, 0]}
                maxBarSize={44}
                className="pressable"
                onClick={(bar) => press(index, xOf(bar))}
                isAnimationActive={false}
                {...(fall === undefined ? {} : { stackId: 'step' })}
              />
            ),
          )}
        </Plot>
      </ResponsiveContainer>
    </div>
  );
}

export function colour(index: number): string {
  return `var(--series-${(index % 8) + 1})`;
}

function axes(lying: boolean, unit: string, rows: DrawnRow[]) {
  const label = axisLabel(unit);
  if (lying) {
    const width = Math.min(150, Math.max(...rows.map(({ x }) => x.length)) * 7 + 12);
    return (
      <>
        <XAxis type="number" tickFormatter={label} {...AXIS} axisLine={false} />
        <YAxis type="category" dataKey="x" width={width} interval={0} {...AXIS} />
      </>
    );
  }
  return (
    <>
      <XAxis dataKey="x" tickFormatter={tickLabel} interval="equidistantPreserveStart" minTickGap={8} {...AXIS} />
      <YAxis tickFormatter={label} width={58} {...AXIS} axisLine={false} />
    </>
  );
}

/** Recharts hands over the row under `payload`, for bars and for dots alike. */
function xOf(drawn: unknown): string {
  const row = (drawn as { payload?: { x?: unknown } }).payload;
  return typeof row?.x === 'string' ? row.x : '';
}
