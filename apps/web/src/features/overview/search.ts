import { isDay, monthsBefore } from '../../format/days.ts';

export const ranges = ['1M', '3M', 'YTD', '1Y', '3Y', '5Y', 'MAX'] as const;
export type Range = (typeof ranges)[number];
export const chartViews = ['value', 'return', 'fall'] as const;
export type ChartView = (typeof chartViews)[number];

/** What the address of the overview says beside the scope. */
export interface OverviewSearch {
  readonly range?: Range | undefined;
  /** Days of one's own; they win over the range. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Instrument to compare with, or `none`; absent: the portfolio's own. */
  readonly bench?: string | undefined;
  readonly view?: ChartView | undefined;
}

const oneOf = <Value extends string>(values: readonly Value[], value: unknown) =>
  values.find((each) => each === value);

/** Reads the address; what does not fit is left out, so that an old link still opens. */
export function readOverviewSearch(search: Record<string, unknown>): OverviewSearch {
  const day = (value: unknown) => (typeof value === 'string' && isDay(value) ? value : undefined);
  const from = day(search['from']);
  const to = day(search['to']);
  const backwards = from !== undefined && to !== undefined && from > to;
  const range = oneOf(ranges, search['range']);
  const view = oneOf(chartViews, search['view']);
  const bench = typeof search['bench'] === 'string' ? search['bench'] : '';
  return {
    ...(range && range !== 'MAX' ? { range } : {}),
    ...(from && !backwards ? { from } : {}),
    ...(to && !backwards ? { to } : {}),
    ...(bench ? { bench } : {}),
    ...(view && view !== 'value' ? { view } : {}),
  };
}

/** The range that is on, or none while days of one's own are chosen. */
export const rangeOf = (search: OverviewSearch): Range | null =>
  search.from || search.to ? null : (search.range ?? 'MAX');

const months: Partial<Record<Range, number>> = { '1M': 1, '3M': 3, '1Y': 12, '3Y': 36, '5Y': 60 };

/** The period to ask the server for. From the start needs no day. */
export function periodOf(
  search: OverviewSearch,
  today: string,
): { from?: string; to?: string; benchmark?: string } {
  const benchmark = search.bench ? { benchmark: search.bench } : {};
  const range = rangeOf(search);
  if (range === null) {
    return {
      ...(search.from ? { from: search.from } : {}),
      ...(search.to ? { to: search.to } : {}),
      ...benchmark,
    };
  }
  if (range === 'YTD') return { from: `${Number(today.slice(0, 4)) - 1}-12-31`, ...benchmark };
  const back = months[range];
  return back ? { from: monthsBefore(today, back), ...benchmark } : benchmark;
}
