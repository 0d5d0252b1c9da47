import { quantileSorted, sorted } from '@plimsoll/quant/statistics';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import type { ReportInput } from './report-input.ts';

/** Share of a bar's volume that an order may be without moving the price much. */
const share = 0.01;
/** Share of the fills that must stay within it. */
const within = 0.95;

/**
 * Cash at the start at which 95 % of the fills are at most 1 % of their bars' volume:
 * cash × 1 % ÷ quantile₉₅(quantity ÷ volume). Fills grow with the cash where sizes are shares of
 * equity; for fixed units it says how much larger they might be.
 */
export function capacityOf({ market, result }: Pick<ReportInput, 'market' | 'result'>): Estimate {
  const { fills } = result;
  if (fills.at.length === 0) return unknown('Nothing was traded');
  const byId = new Map(market.instruments.map((one) => [one.id, one]));
  const taken: number[] = [];
  for (let i = 0; i < fills.at.length; i++) {
    const id = result.instrumentIds[fills.instrument[i] as number] as string;
    const bars = byId.get(id)?.bars;
    if (!bars) continue;
    const volume = bars.volume[rowAt(bars.known, fills.at[i] as number)] ?? Number.NaN;
    if (volume > 0) taken.push(Math.abs(fills.quantity[i] as number) / volume);
  }
  if (taken.length < 0.5 * fills.at.length) {
    return unknown('The bars have no volume to hold the fills against');
  }
  const most = quantileSorted(sorted(Float64Array.from(taken)), within);
  return estimate((result.started * share) / most, 'The fills are too small to tell');
}

/** The first row known at or after a moment. */
function rowAt(known: Float64Array, at: number): number {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
