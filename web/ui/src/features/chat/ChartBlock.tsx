import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Segmented } from 'antd';
import { useState } from 'react';

import { DataTable } from './DataTable';
import { DonutDrawing } from './DonutDrawing';
import { PlotDrawing } from './PlotDrawing';
import type { Block, Turn } from './turn';

export type ChartContent = Extract<Block, { type: 'chart' }>;

interface Props {
  turn: Turn;
  chart: ChartContent;
}

/** A drawing and the table it draws; the table is one press away, and is what a screen reader is sent to. */
export default function ChartBlock({ turn, chart }: Props) {
  const [shown, setShown] = useState<'chart' | 'table'>('chart');
  const title = chart.title || 'Chart';
  return (
    <figure className="panel chart">
      <figcaption>
        <span>{title}</span>
        <Segmented
          size="small"
          aria-label={`Show ${title} as`}
          value={shown}
          onChange={(value) => setShown(value === 'table' ? 'table' : 'chart')}
          options={[
            { value: 'chart', label: 'Chart', icon: <BarChartOutlined aria-hidden /> },
            { value: 'table', label: 'Table', icon: <TableOutlined aria-hidden /> },
          ]}
        />
      </figcaption>
      {shown === 'table' && <DataTable turn={turn} table={chart.table} label={title} />}
      {shown === 'chart' &&
        (chart.kind === 'donut' ? <DonutDrawing turn={turn} chart={chart} /> : <PlotDrawing turn={turn} chart={chart} />)}
    </figure>
  );
}
