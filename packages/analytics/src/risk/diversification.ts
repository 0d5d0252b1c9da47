import { type Matrix, quadraticForm, symmetricEigen } from '@plimsoll/quant/linear-algebra';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import { leastVariance } from './components.ts';

/**
 * The diversification ratio: Σ |w_i| σ_i ÷ σ. 1 where nothing is diversified, √n for n independent
 * instruments at equal risk.
 *
 * **Source:** Y. Choueifaty, Y. Coignard, Toward maximum diversification, 2008.
 */
export function diversificationRatio(weights: Float64Array, covariance: Matrix): Estimate {
  const variance = quadraticForm(covariance, weights);
  if (!(variance > leastVariance)) return unknown('the portfolio has no volatility');
  let alone = 0;
  weights.forEach((weight, i) => {
    alone += Math.abs(weight) * Math.sqrt(covariance.data[i * (weights.length + 1)]);
  });
  return estimate(alone / Math.sqrt(variance), 'a variance is not a number');
}

/**
 * Herfindahl's index of concentration: Σ s_i² of the shares s = |w| ÷ Σ|w|. 1 is one holding, 1/n is
 * n equal ones; its reciprocal is the effective number of holdings.
 *
 * **Source:** A. Hirschman, 1945; O. Herfindahl, 1950.
 */
export function herfindahl(weights: Float64Array): Estimate {
  const total = weights.reduce((sum, each) => sum + Math.abs(each), 0);
  if (!(total > 0)) return unknown('all weights are zero');
  return estimate(
    weights.reduce((sum, each) => sum + (each / total) ** 2, 0),
    'a weight is not a number',
  );
}

/**
 * The effective number of bets: the exponential of the entropy of the shares p_k of the variance
 * that come from the principal components, p_k = λ_k (e_kᵀw)² ÷ wᵀΣw. From 1 (all risk in one
 * direction) to the number of instruments.
 *
 * **Source:** A. Meucci, Managing diversification, 2009.
 */
export function effectiveBets(weights: Float64Array, covariance: Matrix): Estimate {
  const variance = quadraticForm(covariance, weights);
  if (!(variance > leastVariance)) return unknown('the portfolio has no volatility');
  const { values, vectors } = symmetricEigen(covariance);
  const n = weights.length;
  let entropy = 0;
  let total = 0;
  const parts = values.map((value, k) => {
    let along = 0;
    for (let i = 0; i < n; i++) along += vectors.data[i * n + k] * weights[i];
    const part = Math.max(value, 0) * along * along;
    total += part;
    return part;
  });
  for (const part of parts) if (part > 0) entropy -= (part / total) * Math.log(part / total);
  return estimate(Math.exp(entropy), 'a variance is not a number');
}
