import { gram, type Matrix } from '@plimsoll/quant/linear-algebra';
import { columnMeans } from '@plimsoll/quant/statistics';
import { centred, sampleCovariance, scaled } from './sample.ts';
import {
  meanVarianceIdentity,
  type ShrunkCovariance,
  shrinkTowards,
  sumOfSquares,
  trace,
} from './shrinkage.ts';

/**
 * Ledoit and Wolf's shrinkage towards μI, μ the mean variance, with S over T (ddof 0):
 *
 *   δ = min(β, d²) ÷ d²,   d² = ‖S − μI‖² ÷ n,   β = (Σₜ ‖rₜ − r̄‖⁴ ÷ T − ‖S‖²) ÷ (n·T)
 *
 * Positive definite wherever δ > 0. Cost T·n².
 *
 * **Source:** Ledoit and Wolf, A well-conditioned estimator for large-dimensional covariance matrices,
 * 2004, §3.2; the same as scikit-learn 1.2 `LedoitWolf`.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 */
export function ledoitWolfIdentity(returns: Matrix): ShrunkCovariance {
  const { rows: periods, columns: n } = returns;
  const around = centred(returns, columnMeans(returns));
  const sample = scaled(gram(around), 1 / periods);
  let fourth = 0;
  for (let t = 0; t < periods; t++) {
    let length = 0;
    for (let i = 0; i < n; i++) {
      const x = around.data[t * n + i];
      length += x * x;
    }
    fourth += length * length;
  }
  const squares = sumOfSquares(sample);
  const mean = trace(sample) / n;
  const spread = squares / n - mean * mean;
  const noise = (fourth / periods - squares) / (n * periods);
  // One column is its own target; its spread is rounding.
  const intensity = n === 1 || spread <= 0 ? 0 : Math.min(noise, spread) / spread;
  return shrinkTowards(sample, meanVarianceIdentity(sample), intensity);
}

/**
 * Oracle-approximating shrinkage towards μI, for Gaussian returns, with S over T (ddof 0):
 *
 *   chen:    δ = ((1 − 2/n) tr S² + tr² S) ÷ ((T + 1 − 2/n) (tr S² − tr² S ÷ n))
 *   sklearn: δ = (tr S² + tr² S) ÷ ((T + 1) (tr S² − tr² S ÷ n)), which leaves out the 2/n terms
 *
 * cut to 1. Cost T·n².
 *
 * **Source:** Chen, Wiesel, Eldar and Hero, Shrinkage algorithms for MMSE covariance estimation, 2010,
 * equation 23; scikit-learn 1.2 `OAS` for the other.
 *
 * @param returns shape [T × n], finite, T ≥ 2.
 */
export function oracleApproximating(
  returns: Matrix,
  formula: 'chen' | 'sklearn' = 'chen',
): ShrunkCovariance {
  const { rows: periods, columns: n } = returns;
  const sample = sampleCovariance(returns, 0);
  const squares = sumOfSquares(sample);
  const whole = trace(sample) ** 2;
  const left = formula === 'chen' ? 2 / n : 0;
  const spread = (periods + 1 - left) * (squares - whole / n);
  const intensity = n === 1 || spread <= 0 ? 1 : ((1 - left) * squares + whole) / spread;
  return shrinkTowards(sample, meanVarianceIdentity(sample), intensity);
}
