import type { BarPrices } from './bar-prices.ts';
import type { Holding } from './holding.ts';
import type { BacktestBars } from './market.ts';

/** The bar, or finer bar, that orders meet now. */
export interface Meeting extends BarPrices {
  readonly opened: number;
  readonly known: number;
}

export const meeting = (bars: BacktestBars, row: number): Meeting => ({
  open: bars.open[row] as number,
  high: bars.high[row] as number,
  low: bars.low[row] as number,
  close: bars.close[row] as number,
  opened: bars.opened[row] as number,
  known: bars.known[row] as number,
});

/** The finer bars that make up the newest bar, in order; null where there are none. */
export function finerMeetings({ bars, row, instrument }: Holding): readonly Meeting[] | null {
  const { finer } = instrument;
  if (finer === null) return null;
  const from = firstAfter(finer.known, bars.opened[row] as number);
  const until = firstAfter(finer.known, bars.known[row] as number);
  if (until <= from) return null;
  return Array.from({ length: until - from }, (_, i) => meeting(finer, from + i));
}

/** The first of the rising times that is later than `at`. */
function firstAfter(times: Float64Array, at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
