import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';

/** Covariance of columns with gaps, each pair on the periods that both have. */
export interface PairwiseCovariance {
  /** NaN where a pair shares fewer periods than were asked for. */
  readonly covariance: Matrix;
  /** Periods that each pair shares, shape [n × n]. */
  readonly shared: Int32Array;
  /** Fewest periods that any pair shares. */
  readonly fewest: number;
}

/**
 * Pairwise covariance per period: each pair from the periods that both columns have, with means of
 * those periods. In general not positive semi-definite: repair it with `nearestPsd` before
 * optimising. Cost T·n²/2.
 *
 * **Source:** pandas 1.5 `DataFrame.cov(min_periods)` (the same to rounding).
 *
 * @param returns shape [T × n], NaN where there is none.
 * @param leastShared periods that a pair must share, at least 2.
 */
export function pairwiseCovariance(returns: Matrix, leastShared = 2): PairwiseCovariance {
  const { columns: n } = returns;
  const covariance = matrix(n, n);
  const shared = new Int32Array(n * n);
  let fewest = returns.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const pair = pairOf(returns, i, j);
      const value = pair.count < leastShared ? Number.NaN : pair.sum / (pair.count - 1);
      for (const at of [i * n + j, j * n + i]) {
        covariance.data[at] = value;
        shared[at] = pair.count;
      }
      fewest = Math.min(fewest, pair.count);
    }
  }
  return { covariance, shared, fewest };
}

/** Σ (x − x̄)(y − ȳ) over the periods that both have. */
function pairOf({ rows, columns, data }: Matrix, i: number, j: number) {
  let count = 0;
  let meanX = 0;
  let meanY = 0;
  for (let t = 0; t < rows; t++) {
    const x = data[t * columns + i];
    const y = data[t * columns + j];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    meanX += x;
    meanY += y;
  }
  meanX /= count;
  meanY /= count;
  let sum = 0;
  for (let t = 0; t < rows; t++) {
    const x = data[t * columns + i];
    const y = data[t * columns + j];
    if (!Number.isNaN(x) && !Number.isNaN(y)) sum += (x - meanX) * (y - meanY);
  }
  return { count, sum };
}
