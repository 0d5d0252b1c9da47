import { invariant } from '@plimsoll/kernel';
import { lowestProducts, type Matrix } from '@plimsoll/quant/linear-algebra';
import { tailOf } from './tail-risk.ts';

/** Historical VaR and CVaR of many portfolios, positive losses as a share of value. */
export interface BatchTailRisk {
  /** Shape [portfolios × levels], row-major, as the levels were given. */
  readonly valueAtRisk: Float64Array;
  /** As `valueAtRisk`. */
  readonly cvar: Float64Array;
}

/** Which portfolios, and at which levels. */
export interface BatchOptions {
  /** Between 0 and 1: 0.95 for 95 %. */
  readonly levels: readonly number[];
  /** First portfolio, 0 if not given. */
  readonly from?: number;
  /** Portfolio after the last, all if not given. */
  readonly until?: number;
}

/**
 * Historical simulation for many portfolios on the same scenarios: for each portfolio w and scenario t
 * the return wᵀrₜ, then by the defaults of `historicalTail`
 *
 *   VaR = −q₇(1 − level),   CVaR = mean of the worst share 1 − level, the last by its fraction
 *
 * Exact, not sampled: see `lowestProducts`. Cost 2·portfolios·scenarios·instruments short operations.
 * Portfolios are independent, so workers may each take a share by `from` and `until`, over shared
 * memory.
 *
 * **Source:** P. Jorion, Value at Risk, 2007; R. T. Rockafellar, S. Uryasev, Conditional value-at-risk
 * for general loss distributions, 2002.
 *
 * @param weights shape [portfolios × instruments], finite.
 * @param returns shape [scenarios × instruments], simple returns, finite; one scenario at least.
 */
export function batchHistoricalRisk(
  weights: Matrix,
  returns: Matrix,
  { levels, from = 0, until = weights.rows }: BatchOptions,
): BatchTailRisk {
  const scenarios = returns.rows;
  invariant(scenarios > 0, 'a batch needs a scenario');
  for (const level of levels) invariant(level > 0 && level < 1, `level ${level} is not in (0, 1)`);
  const tails = levels.map((level) => tailAt(scenarios, level));
  const count = Math.max(1, ...tails.map(({ needed }) => needed));
  const lowest = lowestProducts(weights, returns, count, { from, until });
  const valueAtRisk = new Float64Array((until - from) * levels.length);
  const cvar = new Float64Array(valueAtRisk.length);
  for (let i = 0; i < until - from; i++) {
    const row = lowest.subarray(i * count, (i + 1) * count);
    tails.forEach((tail, l) => {
      valueAtRisk[i * levels.length + l] = -boundary(row, tail);
      cvar[i * levels.length + l] = -meanOfWorst(row, tail);
    });
  }
  return { valueAtRisk, cvar };
}

/** Where a tail ends among the sorted returns. */
interface Tail {
  /** (n − 1)·tail, the place of the quantile. */
  readonly place: number;
  /** n·tail, and its whole part. */
  readonly share: number;
  readonly whole: number;
  /** Lowest returns that have to be known. */
  readonly needed: number;
}

function tailAt(n: number, level: number): Tail {
  const tail = tailOf(level);
  const place = (n - 1) * tail;
  const share = n * tail;
  const whole = Math.min(Math.floor(share + 1e-9), n - 1);
  return { place, share, whole, needed: Math.min(n, Math.max(Math.ceil(place), whole) + 1) };
}

/** Quantile of Hyndman and Fan's type 7. */
function boundary(sorted: Float64Array, { place }: Tail): number {
  const below = Math.floor(place);
  const low = sorted[below];
  const rest = place - below;
  return rest === 0 ? low : low + rest * (sorted[below + 1] - low);
}

function meanOfWorst(sorted: Float64Array, { share, whole }: Tail): number {
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += sorted[i];
  return (sum + Math.max(share - whole, 0) * sorted[whole]) / share;
}
