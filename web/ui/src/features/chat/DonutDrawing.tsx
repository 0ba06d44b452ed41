import { Pie, PieChart, ResponsiveContainer } from 'recharts';

import type { ChartContent } from './ChartBlock';
import { Sourced } from './FigureButton';
import { colour } from './PlotDrawing';
import { usePressPoint } from './usePressPoint';
import type { Turn } from './turn';

interface Props {
  turn: Turn;
  chart: ChartContent;
}

/** A ring and beside it the names and figures in words: colour alone says nothing. */
export function DonutDrawing({ turn, chart }: Props) {
  const press = usePressPoint(turn, chart);
  const points = chart.series[0]?.points ?? [];
  const slices = points.map(({ x, y }, index) => ({ x, y: Math.max(y, 0), fill: colour(index) }));
  return (
    <div className="donut">
      <div className="drawing" role="img" aria-label={`${chart.title || 'Chart'}; its numbers are listed beside it.`}>
        <ResponsiveContainer width="100%" height={220}>
          <PieChart accessibilityLayer={false}>
            <Pie
              data={slices}
              dataKey="y"
              nameKey="x"
              innerRadius="62%"
              outerRadius="98%"
              paddingAngle={1.5}
              cornerRadius={4}
              startAngle={90}
              endAngle={-270}
              stroke="none"
              isAnimationActive={false}
              className="pressable"
              onClick={(_, index) => press(0, points[index]?.x ?? '')}
            />
          </PieChart>
        </ResponsiveContainer>
      </div>
      <ul>
        {points.map((point, index) => (
          <li key={point.x}>
            <i style={{ background: colour(index) }} aria-hidden="true" />
            <span>{point.x}</span>
            <b>
              <Sourced turn={turn} text={point.text} source={point.source} />
            </b>
          </li>
        ))}
      </ul>
    </div>
  );
}
