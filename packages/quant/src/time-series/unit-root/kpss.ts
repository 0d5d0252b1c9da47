import { leastSquares } from '../../linear-algebra/index.ts';
import type { Fitted } from '../fitted.ts';
import { longRunVariance, productAtLag } from './long-run-variance.ts';

/** How the test is run. */
export interface KpssOptions {
  /** Whether the series is stationary about a constant (if not given) or about a trend. */
  readonly deterministic?: 'constant' | 'trend';
  /** Of the long-run variance: `auto` (Hobijn, Franses and Ooms; if not given), `schwert`, ⌈12 (n ÷ 100)^¼⌉, or a number. */
  readonly lags?: 'auto' | 'schwert' | number;
}

/** The outcome of the test. */
export interface Kpss {
  readonly statistic: number;
  /** Interpolated in a table that ends at 0.01 and 0.10: those two mean "or less" and "or more". */
  readonly p: number;
  /** Where p is one of the ends of the table. */
  readonly atEdge: boolean;
  /** Above these stationarity is refused at 10, 5, 2.5 and 1 %. */
  readonly critical: readonly number[];
  readonly lags: number;
  readonly n: number;
}

const levels = [0.1, 0.05, 0.025, 0.01];
const critical = { constant: [0.347, 0.463, 0.574, 0.739], trend: [0.119, 0.146, 0.176, 0.216] };

/**
 * The test of Kwiatkowski, Phillips, Schmidt and Shin of the hypothesis that a series is stationary
 * about a constant or a trend: η = Σ S_t² ÷ (n² λ²), with S_t the sums of the residuals up to t and λ²
 * their long-run variance.
 *
 * @param x The series, finite, shape [n].
 * @returns the outcome, or why there is none.
 *
 * Source: Denis Kwiatkowski, Peter Phillips, Peter Schmidt and Yongcheol Shin, Testing the null
 * hypothesis of stationarity against the alternative of a unit root, 1992; Bart Hobijn, Philip Hans
 * Franses and Marius Ooms, Generalizations of the KPSS-test for stationarity, 1998.
 */
export function kpss(
  x: Float64Array,
  { deterministic = 'constant', lags = 'auto' }: KpssOptions = {},
): Fitted<Kpss> {
  const n = x.length;
  if (!x.every(Number.isFinite)) return { why: 'the series has gaps' };
  if (n < 8) return { why: `${n} values are too few, 8 are needed` };
  const residuals = residualsOf(x, deterministic);
  const size = x.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  const largest = residuals.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!(largest > 1e-12 * size)) return { why: 'the series does not vary about its line' };
  const asked =
    lags === 'auto'
      ? hobijn(residuals)
      : lags === 'schwert'
        ? Math.ceil(12 * (n / 100) ** 0.25)
        : lags;
  const used = Math.min(asked, n - 1);
  let sum = 0;
  let squares = 0;
  for (const each of residuals) {
    sum += each;
    squares += sum * sum;
  }
  const statistic = squares / (n * n) / longRunVariance(residuals, used);
  const table = critical[deterministic];
  const p = interpolated(statistic, table);
  return { statistic, p, atEdge: p === 0.1 || p === 0.01, critical: table, lags: used, n };
}

function residualsOf(x: Float64Array, deterministic: 'constant' | 'trend'): Float64Array {
  const n = x.length;
  const columns = deterministic === 'constant' ? 1 : 2;
  const data = Float64Array.from({ length: n * columns }, (_, i) =>
    i % columns === 0 ? 1 : Math.floor(i / columns) + 1,
  );
  const { x: c } = leastSquares({ rows: n, columns, data }, x);
  return x.map((each, t) => each - c[0] - (columns === 2 ? c[1] * (t + 1) : 0));
}

function hobijn(e: Float64Array): number {
  const n = e.length;
  const most = Math.floor(n ** (2 / 9));
  let level = productAtLag(e, 0) / n;
  let slope = 0;
  for (let lag = 1; lag <= most; lag++) {
    const product = productAtLag(e, lag) / (n / 2);
    level += product;
    slope += lag * product;
  }
  const ratio = slope / level;
  return Math.floor(1.1447 * Math.cbrt(ratio * ratio) * Math.cbrt(n));
}

function interpolated(statistic: number, table: readonly number[]): number {
  if (statistic <= table[0]) return levels[0];
  for (let i = 1; i < table.length; i++) {
    if (statistic <= table[i]) {
      const share = (statistic - table[i - 1]) / (table[i] - table[i - 1]);
      return levels[i - 1] + share * (levels[i] - levels[i - 1]);
    }
  }
  return levels[levels.length - 1];
}
