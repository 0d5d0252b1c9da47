import { cell } from '../analysis/cells.ts';
import type { Cell, ReportTable } from '../analysis/report.ts';
import { deepestFirst } from './drawdown-path.ts';
import type { ReturnSample } from './return-sample.ts';

/**
 * The deepest drawdowns, each with the days of its peak, trough and recovery, or their places among the
 * returns where there are no days (0 is the start).
 */
export function drawdownTable(sample: ReturnSample, most: number): ReportTable {
  const at = (place: number | null): Cell => {
    if (place === null) return null;
    if (sample.days.length === 0) return place + 1;
    return place < 0 ? sample.start : sample.days[place];
  };
  return {
    id: 'drawdowns',
    title: 'Deepest drawdowns',
    columns: [
      { id: 'depth', title: 'Depth', unit: 'fraction' },
      { id: 'peak', title: 'Peak' },
      { id: 'trough', title: 'Trough' },
      { id: 'recovery', title: 'Recovered' },
      { id: 'fall', title: 'Periods to trough', unit: 'periods' },
      { id: 'climb', title: 'Periods to recovery', unit: 'periods' },
      { id: 'length', title: 'Periods under water', unit: 'periods' },
    ],
    rows: deepestFirst(sample.episodes)
      .slice(0, most)
      .map(({ depth, peak, trough, recovered, length }) => [
        cell(depth),
        at(peak),
        at(trough),
        at(recovered),
        trough - peak,
        recovered === null ? null : recovered - trough,
        length,
      ]),
  };
}
