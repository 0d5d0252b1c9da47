import { standardDeviation } from '@plimsoll/quant/statistics';
import type { InstrumentView } from '../strategy/strategy-context.ts';
import type { PriceHistory } from './price-history.ts';
import { dayMs } from './schedule.ts';
import { closeRow } from './signal-strategy.ts';

/** Standard deviation of the newest `window` simple returns of its bars; NaN where one is not known. */
function volatilityOf(history: PriceHistory, view: InstrumentView, window: number): number {
  const closes = history.get(view);
  const at = (ago: number): number => closes?.at(closeRow.indicator, ago) ?? Number.NaN;
  return standardDeviation(Float64Array.from({ length: window }, (_, i) => at(i) / at(i + 1) - 1));
}

/**
 * Shares in proportion to 1 ÷ volatility, which sum to 1; null where one volatility is not known or
 * is 0.
 */
export function inverseVolatilities(
  history: PriceHistory,
  instruments: readonly InstrumentView[],
  window: number,
): Float64Array | null {
  const shares = Float64Array.from(instruments, (view) => 1 / volatilityOf(history, view, window));
  const sum = shares.reduce((total, share) => total + share, 0);
  return Number.isFinite(sum) && sum > 0 ? shares.map((share) => share / sum) : null;
}

/** The same a year, by the calendar that the bars took. */
export function annualVolatility(
  history: PriceHistory,
  view: InstrumentView,
  window: number,
): number {
  const years = (view.knownAt(0) - view.knownAt(window)) / (365.25 * dayMs);
  return volatilityOf(history, view, window) * Math.sqrt(window / years);
}
