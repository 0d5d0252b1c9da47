/** Spread of the log returns of a period, scaled to its length and not to a year. */
export interface PeriodVolatility {
  readonly volatility: number;
  /** From returns below the mean alone. */
  readonly semiVolatility: number;
}

/**
 * Standard deviation of log returns over a whole period:
 *
 *   σ = √(n ÷ (n − 1) × Σ (ln(1 + r) − mean)²),   semi: the sum over returns below the mean
 *
 * @param returns r, simple returns, shape [days]; only the given indices count.
 * @param indices Days that count, such as trading days.
 * @returns fractions of the period, null with fewer than 2 days or where a day lost everything.
 *
 * Source: the risk figures of Portfolio Performance's manual (volatility, semi-volatility).
 */
export function periodVolatility(
  returns: Float64Array,
  indices: Int32Array,
): PeriodVolatility | null {
  const n = indices.length;
  const logs = Float64Array.from(indices, (i) => Math.log1p(returns[i] ?? 0));
  if (n < 2 || !logs.every(Number.isFinite)) return null;
  const mean = logs.reduce((sum, each) => sum + each, 0) / n;
  let squares = 0;
  let below = 0;
  for (const each of logs) {
    const square = (each - mean) ** 2;
    squares += square;
    if (each < mean) below += square;
  }
  const scale = n / (n - 1);
  return { volatility: Math.sqrt(scale * squares), semiVolatility: Math.sqrt(scale * below) };
}
