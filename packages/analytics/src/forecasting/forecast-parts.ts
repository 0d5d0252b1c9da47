import { cells } from '../analysis/cells.ts';
import type { Chart, ReportTable } from '../analysis/report.ts';

/** Expected values and their bounds, each of shape [steps]. */
export interface BoundedForecast {
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The forecast a row a step. */
export function forecastTable({ mean, lower, upper }: BoundedForecast): ReportTable {
  const [middle, low, high] = [cells(mean), cells(lower), cells(upper)];
  return {
    id: 'forecast',
    title: 'Forecast',
    columns: [
      { id: 'step', title: 'Periods ahead', unit: 'periods' },
      { id: 'mean', title: 'Expected', unit: 'number' },
      { id: 'lower', title: 'Lower bound', unit: 'number' },
      { id: 'upper', title: 'Upper bound', unit: 'number' },
    ],
    rows: middle.map((each, h) => [h + 1, each, low[h], high[h]]),
  };
}

/** The end of the series and what is expected to follow; steps ahead are `+1`, `+2` … */
export function forecastChart(
  days: readonly string[],
  x: Float64Array,
  { mean, lower, upper }: BoundedForecast,
  title: string,
): Chart {
  const shown = Math.min(x.length, Math.max(60, 4 * mean.length));
  const from = x.length - shown;
  const past = Array.from({ length: shown }, (_, i) => days[from + i] ?? from + i + 1);
  const none = new Array<null>(shown).fill(null);
  const ahead = (values: Float64Array): (number | null)[] => [...none, ...cells(values)];
  return {
    id: 'forecast',
    title,
    kind: 'line',
    x: [...past, ...Array.from(mean, (_, h) => `+${h + 1}`)],
    lines: [
      { name: 'Series', values: [...cells(x.subarray(from)), ...Array.from(mean, () => null)] },
      { name: 'Expected', values: ahead(mean) },
      { name: 'Lower bound', values: ahead(lower) },
      { name: 'Upper bound', values: ahead(upper) },
    ],
    unit: 'number',
  };
}
