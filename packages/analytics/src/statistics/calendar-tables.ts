import { cell } from '../analysis/cells.ts';
import type { Cell, Chart, ReportTable } from '../analysis/report.ts';
import type { ReturnSample } from './return-sample.ts';

const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
];

/** Years down, months across, the year last; null where a month has no return. */
export function monthlyTable(sample: ReturnSample): ReportTable {
  const months = new Map(sample.months.map(({ period, value }) => [period, value]));
  return {
    id: 'months',
    title: 'Returns by month',
    columns: [
      { id: 'year', title: 'Year' },
      ...monthNames.map((title) => ({
        id: title.toLowerCase(),
        title,
        unit: 'fraction' as const,
      })),
      { id: 'total', title: 'Year', unit: 'fraction' },
    ],
    rows: sample.years.map(({ period, value }): Cell[] => [
      period,
      ...monthNames.map((_, i) => cell(months.get(monthOf(period, i)))),
      cell(value),
    ]),
  };
}

/** A year a row: its return, that of the benchmark, and the difference. */
export function yearlyTable(sample: ReturnSample): ReportTable {
  const { benchmark, years: compared } = sample.shared;
  // The difference is of the days that both have, which may not be the whole year.
  const beside = new Map(
    benchmark?.years.map(({ period, value }, i) => [
      period,
      [cell(value), cell(compared[i].value - value)],
    ]),
  );
  return {
    id: 'years',
    title: 'Returns by year',
    columns: [
      { id: 'year', title: 'Year' },
      { id: 'return', title: 'Return', unit: 'fraction' },
      ...(benchmark
        ? [
            { id: 'benchmark', title: 'Benchmark', unit: 'fraction' as const },
            { id: 'active', title: 'Difference', unit: 'fraction' as const },
          ]
        : []),
      { id: 'periods', title: 'Periods', unit: 'count' },
    ],
    rows: sample.years.map(({ period, value, n }): Cell[] => [
      period,
      cell(value),
      ...(benchmark ? (beside.get(period) ?? [null, null]) : []),
      n,
    ]),
  };
}

/** Months across, a line for each year. */
export function monthlyHeat(sample: ReturnSample): Chart {
  const { rows } = monthlyTable(sample);
  return {
    id: 'months',
    title: 'Returns by month',
    kind: 'heat',
    x: monthNames,
    lines: rows.map(([year, ...cells]) => ({
      name: String(year),
      values: cells.slice(0, 12) as (number | null)[],
    })),
    unit: 'fraction',
  };
}

const monthOf = (year: string, month: number): string =>
  `${year}-${String(month + 1).padStart(2, '0')}`;
