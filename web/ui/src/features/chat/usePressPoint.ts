import type { ChartContent } from './ChartBlock';
import { usePress } from './figureContext';
import { figureAt, type Turn } from './turn';

/** Presses the point of a series at x, when it says where it comes from. */
export function usePressPoint(turn: Turn, chart: ChartContent): (seriesIndex: number, x: string) => void {
  const press = usePress();
  return (seriesIndex, x) => {
    const point = chart.series[seriesIndex]?.points.find((candidate) => candidate.x === x);
    if (point === undefined || point.source === null) return;
    press({ turn, figure: figureAt(turn, point.source) ?? null, source: point.source, text: point.text });
  };
}
