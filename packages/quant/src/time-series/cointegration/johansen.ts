import {
  cholesky,
  columnOf,
  inverseLower,
  inverseSpd,
  leastSquares,
  type Matrix,
  multiply,
  multiplyTransposed,
  symmetricEigen,
  transpose,
} from '../../linear-algebra/index.ts';
import type { Fitted } from '../fitted.ts';
import { largestCritical, traceCritical } from './johansen-tables.ts';

/** The test that there are at most `rank` relations. */
export interface JohansenStep {
  readonly rank: number;
  /** −n Σ_{i>rank} ln(1 − λ_i), and what it must be above to refuse at 10, 5 and 1 %. */
  readonly trace: number;
  readonly traceCritical: readonly [number, number, number];
  /** −n ln(1 − λ_{rank+1}), against one relation more. */
  readonly largest: number;
  readonly largestCritical: readonly [number, number, number];
}

/** The outcome of the test. */
export interface Johansen {
  readonly steps: readonly JohansenStep[];
  /** λ, from the largest; shape [N]. */
  readonly eigenvalues: Float64Array;
  /** Relations, a column each, from the most to the least stationary; shape [N × N], with vᵀ S v = 1. */
  readonly vectors: Matrix;
  /** Relations that the trace test finds at 5 %. */
  readonly rank: number;
  readonly n: number;
}

/** What Johansen's regressions hold beside the lags. */
export interface JohansenOptions {
  /** A constant (if not given), a trend too, or nothing. */
  readonly deterministic?: 'none' | 'constant' | 'trend';
  /** Lagged changes, 0 or more; 1 if not given. */
  readonly lags?: number;
}

/**
 * Johansen's test of how many cointegrating relations N series have. Changes and lagged levels are
 * freed of lagged changes (and terms); the canonical correlations of what is left are the roots λ of
 * |λ S₁₁ − S₁₀ S₀₀⁻¹ S₀₁| = 0. As statsmodels' `coint_johansen`.
 *
 * @param levels Row-major, finite, shape [n × N], N from 2 to 12.
 * @returns the outcome, or why there is none.
 *
 * Cost: O(n (N lags)²). Source: Søren Johansen, Estimation and hypothesis testing of cointegration
 * vectors in Gaussian vector autoregressive models, 1991; critical values of MacKinnon, Haug and
 * Michelis, 1999.
 */
export function johansen(
  levels: Matrix,
  { deterministic = 'constant', lags = 1 }: JohansenOptions = {},
): Fitted<Johansen> {
  const { rows, columns: k } = levels;
  if (k < 2 || k > 12) return { why: `there are critical values for 2 to 12 series, not ${k}` };
  if (!levels.data.every(Number.isFinite)) return { why: 'the series have gaps' };
  const n = rows - 1 - lags;
  const needed = k * (lags + 1) + 8;
  if (n < needed) return { why: `${rows} values are too few, ${needed + 1 + lags} are needed` };
  const order = { none: -1, constant: 0, trend: 1 }[deterministic];
  const x = detrended(levels, order);
  // Once the terms are out of the levels only the mean of what follows is taken off.
  const rest = order < 0 ? -1 : 0;
  const changes = detrended(
    table(n, k, (t, j) => x.data[(t + lags + 1) * k + j] - x.data[(t + lags) * k + j]),
    rest,
  );
  // Levels from the second row on, as the reference implementation takes them.
  const lagged = detrended(
    table(n, k, (t, j) => x.data[(t + 1) * k + j]),
    rest,
  );
  const past = detrended(
    table(n, k * lags, (t, c) => {
      const lag = Math.floor(c / k) + 1;
      const at = (t + lags + 1 - lag) * k + (c % k);
      return x.data[at] - x.data[at - k];
    }),
    rest,
  );
  const r0 = freed(changes, past);
  const r1 = freed(lagged, past);
  const s00 = scaledProduct(r0, r0, n);
  const s11 = scaledProduct(r1, r1, n);
  const s10 = scaledProduct(r1, r0, n);
  const inverse00 = inverseSpd(s00);
  const root = cholesky(s11);
  if (inverse00 === null || root === null) return { why: 'a series is a combination of others' };
  // With S₁₁ = L Lᵀ the roots are the eigenvalues of L⁻¹ S₁₀ S₀₀⁻¹ S₀₁ L⁻ᵀ.
  const inverseRoot = inverseLower(root);
  const half = multiply(inverseRoot, s10);
  const inner = multiplyTransposed(multiply(half, inverse00), half);
  const { values, vectors } = symmetricEigen(inner);
  const eigenvalues = Float64Array.from(values)
    .reverse()
    .map((each) => Math.min(each, 1 - 1e-15));
  const relations = multiply(transpose(inverseRoot), reversedColumns(vectors));
  const steps = Array.from({ length: k }, (_, rank): JohansenStep => {
    let trace = 0;
    for (let i = rank; i < k; i++) trace -= n * Math.log1p(-eigenvalues[i]);
    return {
      rank,
      trace,
      traceCritical: traceCritical[deterministic][k - rank - 1],
      largest: -n * Math.log1p(-eigenvalues[rank]),
      largestCritical: largestCritical[deterministic][k - rank - 1],
    };
  });
  const first = steps.findIndex(({ trace, traceCritical: [, five] }) => trace <= five);
  return { steps, eigenvalues, vectors: relations, rank: first < 0 ? k : first, n };
}

function table(rows: number, columns: number, at: (t: number, j: number) => number): Matrix {
  const data = Float64Array.from({ length: rows * columns }, (_, i) =>
    at(Math.floor(i / columns), i % columns),
  );
  return { rows, columns, data };
}

/** Takes a polynomial in time of this order off each column; −1 takes nothing. */
function detrended(a: Matrix, order: number): Matrix {
  if (order < 0 || a.columns === 0) return a;
  const { rows } = a;
  const columns = order + 1;
  const data = Float64Array.from({ length: rows * columns }, (_, i) =>
    i % columns === 0 ? 1 : -1 + (2 * Math.floor(i / columns)) / (rows - 1),
  );
  return freed(a, { rows, columns, data });
}

/** What is left of each column of A after regressing it on those of B. */
function freed(a: Matrix, b: Matrix): Matrix {
  if (b.columns === 0) return a;
  const data = Float64Array.from(a.data);
  for (let j = 0; j < a.columns; j++) {
    const { x } = leastSquares(b, columnOf(a, j));
    for (let t = 0; t < a.rows; t++) {
      let fitted = 0;
      for (let c = 0; c < b.columns; c++) fitted += b.data[t * b.columns + c] * x[c];
      data[t * a.columns + j] -= fitted;
    }
  }
  return { ...a, data };
}

/** AᵀB ÷ n. */
function scaledProduct(a: Matrix, b: Matrix, n: number): Matrix {
  const { rows, columns, data } = multiply(transpose(a), b);
  return { rows, columns, data: data.map((each) => each / n) };
}

function reversedColumns({ rows, columns, data }: Matrix): Matrix {
  const reversed = data.map((_, i) => {
    const row = Math.floor(i / columns);
    return data[row * columns + (columns - 1 - (i % columns))];
  });
  return { rows, columns, data: reversed };
}
