/** What was earned on the days on which a benchmark rose, or fell. */
export interface Side {
  /** Days on that side. */
  readonly n: number;
  /** Π (1 + r) of the returns and of the benchmark over those days. */
  readonly growth: number;
  readonly benchmarkGrowth: number;
  /** Σ r of the returns and of the benchmark. */
  readonly sum: number;
  readonly benchmarkSum: number;
  /** Days on which the returns were on that side too. */
  readonly together: number;
  /** Days on which the returns were above the benchmark. */
  readonly ahead: number;
}

/**
 * Sums over the days on which the benchmark rose (`up`), fell (`down`), or did not rise
 * (`down-or-even`, as PerformanceAnalytics counts).
 *
 * @param returns Shape [n].
 * @param benchmark Shape [n].
 * @returns n = 0 where there is no such day. Cost n.
 *
 * **Source:** C. Bacon, Practical Portfolio Performance Measurement and Attribution, 2008, p. 47.
 */
export function capturedOn(
  returns: Float64Array,
  benchmark: Float64Array,
  side: 'up' | 'down' | 'down-or-even',
): Side {
  let n = 0;
  let growth = 1;
  let benchmarkGrowth = 1;
  let sum = 0;
  let benchmarkSum = 0;
  let together = 0;
  let ahead = 0;
  for (let t = 0; t < returns.length; t++) {
    const b = benchmark[t];
    if (side === 'up' ? !(b > 0) : side === 'down' ? !(b < 0) : !(b <= 0)) continue;
    const r = returns[t];
    n++;
    growth *= 1 + r;
    benchmarkGrowth *= 1 + b;
    sum += r;
    benchmarkSum += b;
    if (side === 'up' ? r > 0 : r < 0) together++;
    if (r > b) ahead++;
  }
  return { n, growth, benchmarkGrowth, sum, benchmarkSum, together, ahead };
}

/**
 * Annual compounded return over that of the benchmark, both over one side's days only:
 * (G^(p ÷ n) − 1) ÷ (B^(p ÷ n) − 1).
 *
 * @param perYear p.
 * @returns NaN where there is no such day.
 *
 * **Source:** Morningstar, Upside and downside capture ratios, 2011; Quantopian, empyrical, 2016.
 */
export const annualCapture = ({ n, growth, benchmarkGrowth }: Side, perYear: number): number =>
  (growth ** (perYear / n) - 1) / (benchmarkGrowth ** (perYear / n) - 1);
