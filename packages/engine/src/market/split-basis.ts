import type { DayNumber } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/** A split: `ratio` new units per old one, from the day on. */
export interface SplitDay {
  readonly day: DayNumber;
  readonly ratio: number;
}

/** Π ratio of the splits after a day: units of today per unit of that day. */
export function splitFactorAfter(splits: readonly SplitDay[], day: DayNumber): number {
  let factor = 1;
  for (const split of splits) if (split.day > day) factor *= split.ratio;
  return factor;
}

/** Bars in which later splits are undone → bars as they were traded: price × factor, volume ÷ factor. */
export const toTraded = (bars: DailyBars, splits: readonly SplitDay[]): DailyBars =>
  rescaled(bars, splits, (factor) => factor);

/** Bars as they were traded → bars in which later splits are undone. */
export const toAdjusted = (bars: DailyBars, splits: readonly SplitDay[]): DailyBars =>
  rescaled(bars, splits, (factor) => 1 / factor);

/** The adjusted close stays: it counts in today's units either way. */
function rescaled(
  bars: DailyBars,
  splits: readonly SplitDay[],
  scaleOf: (factor: number) => number,
): DailyBars {
  if (splits.length === 0) return bars;
  const scales = Float64Array.from(bars.days, (day) => scaleOf(splitFactorAfter(splits, day)));
  if (scales.every((scale) => scale === 1)) return bars;
  const scaled = (column: Float64Array) =>
    column.map((value, row) => shortest(value, scales[row] ?? 1));
  const volume = bars.volume.map((value, row) => value / (scales[row] ?? 1));
  return {
    ...bars,
    open: scaled(bars.open),
    high: scaled(bars.high),
    low: scaled(bars.low),
    close: scaled(bars.close),
    volume,
  };
}

/** A price counts as its shortest decimal: the float noise of a multiplication is not part of it. */
const shortest = (value: number, scale: number): number =>
  scale === 1 || !Number.isFinite(value) ? value : Number((value * scale).toPrecision(12));
