import { standardDeviation } from '@plimsoll/quant/statistics';
import { pairSpread } from '../../forecasting/pair-spread.ts';
import type { InstrumentView } from '../../strategy/strategy-context.ts';
import { alignedCloses, type PriceHistory } from '../../strategy-kit/price-history.ts';

/** How two prices have held together: ln P₁ = constant + hedgeRatio · ln P₂ + spread. */
export interface PairRelation {
  readonly hedgeRatio: number;
  readonly constant: number;
  /** Standard deviation of the spread. */
  readonly deviation: number;
  /** Rows in which half of a deviation is gone. */
  readonly halfLife: number;
  readonly p: number;
}

/** The relation, or why there is none to be traded. */
export type PairFound = { readonly relation: PairRelation } | { readonly why: string };

/** The relation of the newest `window` closes; null where there are not that many. */
export function estimatePair(
  history: PriceHistory,
  pair: readonly [InstrumentView, InstrumentView],
  limits: { readonly window: number; readonly chance: number; readonly halfLife: number },
): PairFound | null {
  const { window } = limits;
  const aligned = alignedCloses(history, pair, window);
  if (aligned === null) return null;
  const column = (i: number) =>
    Float64Array.from({ length: window }, (_, t) => aligned.closes[2 * t + i] as number);
  const found = pairSpread(column(0), column(1));
  if (found.why !== undefined) return { why: found.why };
  const { test, reversion, hedgeRatio, constant, spread } = found;
  if (!(test.p <= limits.chance)) {
    return { why: `not cointegrated (p ${test.p.toFixed(3)}, at most ${limits.chance})` };
  }
  if (reversion.why !== undefined) return { why: reversion.why };
  const { halfLife } = reversion;
  if (halfLife > limits.halfLife) {
    return { why: `half-life of ${halfLife.toFixed(1)}, at most ${limits.halfLife}` };
  }
  const deviation = standardDeviation(spread);
  return { relation: { hedgeRatio, constant, deviation, halfLife, p: test.p } };
}
