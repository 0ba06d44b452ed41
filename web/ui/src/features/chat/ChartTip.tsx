import { tickLabel } from './chartShape';
import { colour } from './PlotDrawing';
import type { Series } from './turn';

interface Props {
  series: Series[];
  active?: boolean;
  label?: string | number;
}

/** The server's own words for each point under the pointer: no number is formatted twice. */
export function ChartTip({ series, active, label }: Props) {
  if (active !== true || label === undefined) return null;
  const x = String(label);
  return (
    <div className="chart-tip">
      <strong>{tickLabel(x)}</strong>
      {series.map(({ name, points }, index) => {
        const point = points.find((candidate) => candidate.x === x);
        return point === undefined ? null : (
          <div key={name}>
            <i style={{ background: colour(index) }} />
            {series.length > 1 && <span>{name}</span>}
            <b>{point.text}</b>
          </div>
        );
      })}
    </div>
  );
}
