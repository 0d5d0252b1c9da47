import type { BarColumns } from './bar-columns.ts';
import { laterSplits, type SplitRatio } from './later-splits.ts';

/**
 * Bars as they traded, from bars in which later splits are undone (as Yahoo gives them): prices
 * times the product of the ratios of all later splits, volumes divided by it. The adjusted closes
 * stay as they are.
 *
 * @param bars Days rising.
 */
export function asTraded(bars: BarColumns, splits: readonly SplitRatio[]): BarColumns {
  const products = laterSplits(bars.days, splits);
  const times = (column: Float64Array) => column.map((value, i) => value * (products[i] as number));
  return {
    days: bars.days,
    open: times(bars.open),
    high: times(bars.high),
    low: times(bars.low),
    close: times(bars.close),
    adjustedClose: bars.adjustedClose,
    volume: bars.volume.map((value, i) => value / (products[i] as number)),
  };
}
