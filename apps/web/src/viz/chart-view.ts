/** The geometry of charts, without a page: what is drawn where, and what a reader is told. */

export interface Series {
  readonly key: string;
  readonly label: string;
  readonly values: readonly (number | null)[];
}

/** Lowest and highest of all series, with a little air; zero belongs to money that starts from nothing. */
export function extentOf(series: readonly Series[], includeZero: boolean): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values } of series) {
    for (const value of values) {
      if (value === null || !Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [0, 1];
  if (includeZero && low > 0 && low < high * 0.35) low = 0;
  const air = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  return [low === 0 ? 0 : low - air, high === 0 ? 0 : high + air];
}

/**
 * The indices worth drawing in so many pixels: of each bucket the first, lowest, highest and last,
 * so that no spike is lost. All, where there is room for all.
 */
export function thin(values: readonly (number | null)[], pixels: number): number[] {
  const count = values.length;
  if (count <= pixels * 2) return Array.from({ length: count }, (_, index) => index);
  const buckets = Math.max(1, Math.floor(pixels / 2));
  const kept = new Set<number>([0, count - 1]);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = Math.floor((bucket * count) / buckets);
    const until = Math.floor(((bucket + 1) * count) / buckets);
    for (const index of extremes(values, from, until)) kept.add(index);
  }
  return [...kept].sort((a, b) => a - b);
}

function extremes(values: readonly (number | null)[], from: number, until: number): number[] {
  let low = from;
  let high = from;
  const gaps: number[] = [];
  for (let index = from; index < until; index += 1) {
    const value = values[index] ?? null;
    if (value === null) {
      // One point of each gap is enough to break the line.
      if ((values[index - 1] ?? null) !== null) gaps.push(index);
      continue;
    }
    if (value < (values[low] ?? Number.POSITIVE_INFINITY)) low = index;
    if (value > (values[high] ?? Number.NEGATIVE_INFINITY)) high = index;
  }
  return [from, low, high, until - 1, ...gaps];
}

/** Moves labels apart so that none covers another, in the order of their wished places. */
export function spread(
  wished: readonly number[],
  height: number,
  limits: [number, number],
): number[] {
  const order = wished.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const placed: number[] = [];
  let floor = limits[0];
  for (const { at } of order) {
    const y = Math.max(at, floor);
    placed.push(y);
    floor = y + height;
  }
  let ceiling = limits[1];
  for (let rank = placed.length - 1; rank >= 0; rank -= 1) {
    const y = Math.min(placed[rank] ?? 0, ceiling);
    placed[rank] = y;
    ceiling = y - height;
  }
  const result: number[] = new Array(wished.length).fill(0);
  for (const [rank, { index }] of order.entries()) result[index] = placed[rank] ?? 0;
  return result;
}

/** A tick of the time axis. */
export interface TimeTick {
  readonly index: number;
  readonly day: string;
}

/** The first days of years, months or weeks, whichever gives at most `most` ticks. */
export function timeTicks(
  days: readonly string[],
  most: number,
): { unit: 'year' | 'month' | 'day'; ticks: TimeTick[] } {
  const firsts = (part: (day: string) => string) =>
    days.flatMap((day, index) =>
      index > 0 && part(day) !== part(days[index - 1] ?? '') ? [{ index, day }] : [],
    );
  const years = firsts((day) => day.slice(0, 4));
  if (years.length >= 3) return { unit: 'year', ticks: sparse(years, most) };
  const months = firsts((day) => day.slice(0, 7));
  if (months.length >= 3) return { unit: 'month', ticks: sparse(months, most) };
  return {
    unit: 'day',
    ticks: sparse(
      days.map((day, index) => ({ index, day })),
      most,
    ),
  };
}

function sparse(ticks: readonly TimeTick[], most: number): TimeTick[] {
  const step = Math.max(1, Math.ceil(ticks.length / Math.max(1, most)));
  return ticks.filter((_, rank) => rank % step === 0);
}

/** The last value that is known, with its index. */
export function lastKnown(
  values: readonly (number | null)[],
): { index: number; value: number } | null {
  const index = values.findLastIndex((value) => value !== null);
  const value = values[index];
  return value === undefined || value === null ? null : { index, value };
}

/** The table behind a chart, as CSV. Points, not commas, so that any program reads it. */
export function toCsv(days: readonly string[], series: readonly Series[]): string {
  const head = ['date', ...series.map(({ key }) => key)].join(',');
  const rows = days.map((day, index) =>
    [day, ...series.map(({ values }) => values[index] ?? '')].join(','),
  );
  return `${[head, ...rows].join('\n')}\n`;
}
