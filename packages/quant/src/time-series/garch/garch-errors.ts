import { inverse } from '../../linear-algebra/index.ts';
import { numericJacobian } from '../../minimise/numeric-derivatives.ts';
import { garchGradient } from './garch-likelihood.ts';
import { backcast, type GarchModel } from './garch-model.ts';
import { garchScores } from './garch-scores.ts';
import { place } from './garch-state.ts';

/** One value for each parameter; null for those that were not fitted. */
export interface GarchParameterErrors {
  readonly mean: number | null;
  readonly omega: number | null;
  readonly alpha: number | null;
  readonly gamma: number | null;
  readonly beta: number | null;
  readonly dof: number | null;
}

/** How well the parameters are known. */
export interface GarchErrors {
  /** From the Hessian: right if the density is. Null where the likelihood is not curved, as at an edge. */
  readonly standardErrors: GarchParameterErrors | null;
  /** Of Bollerslev and Wooldridge: right if mean and variance are, whatever the density. */
  readonly robustErrors: GarchParameterErrors | null;
}

/**
 * Standard errors of a fitted model. With A = −∂²ℓ/∂θ² and B = Σ (∂ℓ_t/∂θ)(∂ℓ_t/∂θ)ᵀ: the roots of
 * the diagonals of A⁻¹ and of A⁻¹ B A⁻¹. A is by central differences of the analytic gradient.
 *
 * @param x The series as it was fitted, divided by `scale`.
 * @param theta Its parameters, shape [6].
 * @param free The places of those that were fitted.
 *
 * Source: Tim Bollerslev and Jeffrey Wooldridge, Quasi-maximum likelihood estimation and inference
 * in dynamic models with time-varying covariances, 1992.
 */
export function garchErrors(
  x: Float64Array,
  theta: Float64Array,
  model: Required<GarchModel>,
  free: readonly number[],
  scale: number,
): GarchErrors {
  const k = free.length;
  const back = backcast(x);
  const full = Float64Array.from(theta);
  const gradient = new Float64Array(6);
  const slopes = numericJacobian(
    (point) => {
      for (let i = 0; i < k; i++) full[free[i]] = point[i];
      garchGradient(x, full, model, back, gradient);
      return Float64Array.from(free, (i) => -gradient[i]);
    },
    Float64Array.from(free, (i) => theta[i]),
    Float64Array.from(free, (i) => (i === place.mean ? 1 : Math.max(Math.abs(theta[i]), 1e-3))),
  );
  const curve = slopes.map((each, i) => (each + slopes[(i % k) * k + Math.floor(i / k)]) / 2);
  const bread = inverse({ rows: k, columns: k, data: curve });
  if (bread === null || !isPositive(bread.data, k)) {
    return { standardErrors: null, robustErrors: null };
  }
  const pick = (score: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < k; i++) out[i] = score[free[i]];
  };
  const meat = garchScores(x, theta, model, back, pick, k);
  const sandwich = product(product(bread.data, meat, k), bread.data, k);
  return {
    standardErrors: named(bread.data, free, scale),
    robustErrors: named(sandwich, free, scale),
  };
}

const isPositive = (a: Float64Array, k: number): boolean => {
  for (let i = 0; i < k; i++)
    if (!(a[i * k + i] > 0 && Number.isFinite(a[i * k + i]))) return false;
  return true;
};

function product(a: Float64Array, b: Float64Array, k: number): Float64Array {
  const c = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      for (let l = 0; l < k; l++) c[i * k + j] += a[i * k + l] * b[l * k + j];
    }
  }
  return c;
}

/** Roots of the diagonal, in the units of the series. */
function named(a: Float64Array, free: readonly number[], scale: number): GarchParameterErrors {
  const k = free.length;
  const error = (which: number, unit: number): number | null => {
    const i = free.indexOf(which);
    return i < 0 ? null : Math.sqrt(a[i * k + i]) * unit;
  };
  return {
    mean: error(place.mean, scale),
    omega: error(place.omega, scale * scale),
    alpha: error(place.alpha, 1),
    gamma: error(place.gamma, 1),
    beta: error(place.beta, 1),
    dof: error(place.dof, 1),
  };
}
