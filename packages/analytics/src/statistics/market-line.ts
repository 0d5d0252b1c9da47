import { type CoMoments, coMoments } from '@plimsoll/quant/statistics';

/** The straight line through returns over those of a benchmark, both above the risk-free rate. */
export interface MarketLine extends CoMoments {
  /** β = Σ (b − b̄)(r − r̄) ÷ Σ (b − b̄)². */
  readonly beta: number;
  /** α = r̄ − β b̄, per period. */
  readonly alpha: number;
  /** Σ ε², of ε = r − α − β b. */
  readonly squares: number;
}

/**
 * Ordinary least squares of one variable.
 *
 * @param returns r less the risk-free rate, shape [n].
 * @param benchmark b less the risk-free rate, shape [n].
 * @returns NaN where the benchmark does not vary. Cost about 10 n.
 *
 * **Source:** W. F. Sharpe, Capital asset prices: a theory of market equilibrium under conditions of risk, 1964.
 */
export function marketLine(returns: Float64Array, benchmark: Float64Array): MarketLine {
  const moments = coMoments(benchmark, returns);
  const { n, xx, xy, yy, meanX, meanY } = moments;
  // Below this, what varies is rounding of the prices that the returns came from.
  const beta = xx > n * 1e-28 ? xy / xx : Number.NaN;
  const squares = Math.max(0, yy - beta * xy);
  return {
    ...moments,
    beta,
    alpha: meanY - beta * meanX,
    squares: squares > yy * 1e-13 ? squares : 0,
  };
}

/**
 * The line through the pairs whose benchmark return is above zero, or below it; zero is neither.
 *
 * @returns NaN where fewer than two pairs are on that side.
 *
 * **Source:** R. D. Henriksson, R. C. Merton, On market timing and investment performance, 1981.
 */
export function sidedMarketLine(
  returns: Float64Array,
  benchmark: Float64Array,
  side: 'up' | 'down',
): MarketLine {
  const n = returns.length;
  const chosen = new Float64Array(n);
  const against = new Float64Array(n);
  let count = 0;
  for (let t = 0; t < n; t++) {
    const b = benchmark[t];
    if (side === 'up' ? b > 0 : b < 0) {
      chosen[count] = returns[t];
      against[count++] = b;
    }
  }
  return marketLine(chosen.subarray(0, count), against.subarray(0, count));
}
