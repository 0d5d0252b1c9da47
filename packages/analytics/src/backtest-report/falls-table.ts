import { cell } from '../analysis/cells.ts';
import type { Cell, ReportTable } from '../analysis/report.ts';
import { deepestFirst } from '../statistics/drawdown-path.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';

/** The deepest falls: when, how far, what the benchmark did from peak to trough, and how long until back. */
export function fallsTable(sample: ReturnSample, most: number): ReportTable {
  const { benchmark, days } = sample;
  const day = (place: number): Cell => (place < 0 ? sample.start : (days[place] ?? null));
  const level = (wealth: Float64Array, place: number): number =>
    place < 0 ? 1 : (wealth[place] as number);
  return {
    id: 'falls',
    title: 'Deepest falls',
    columns: [
      { id: 'peak', title: 'Peak' },
      { id: 'trough', title: 'Trough' },
      { id: 'fall', title: 'Fall', unit: 'fraction' },
      ...(benchmark
        ? [{ id: 'benchmark', title: 'Benchmark then', unit: 'fraction' as const }]
        : []),
      { id: 'recovery', title: 'Back at peak' },
      { id: 'length', title: 'Days', unit: 'periods' },
    ],
    rows: deepestFirst(sample.episodes)
      .slice(0, most)
      .map(({ depth, peak, trough, recovered, length }): Cell[] => [
        day(peak),
        day(trough),
        cell(-depth),
        ...(benchmark
          ? [cell(level(benchmark.wealth, trough) / level(benchmark.wealth, peak) - 1)]
          : []),
        recovered === null ? 'not yet' : day(recovered),
        length,
      ]),
  };
}
