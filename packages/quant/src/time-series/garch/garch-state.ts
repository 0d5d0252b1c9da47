import { digamma } from '../../distributions/index.ts';
import type { GarchStart } from './garch-model.ts';

/** Places of the parameters in an array. */
export const place = { mean: 0, omega: 1, alpha: 2, gamma: 3, beta: 4, dof: 5 } as const;

/**
 * Places of the running state: σ², its derivatives in μ, ω, α, γ, β, Σ ln σ², Σ ln((ν − 2) σ² + e²),
 * Σ e² ÷ σ² (normal) or Σ e² ÷ ((ν − 2) σ² + e²) (Student's t), and from 9 on ∂ℓ/∂(μ, ω, α, γ, β).
 */
export const at = { h: 0, logs: 6, wholes: 7, squares: 8, slopes: 9, size: 14 } as const;

/** The derivative of the constant part of the log density of t in ν. */
export const dofSlope = (dof: number): number =>
  (digamma((dof + 1) / 2) - digamma(dof / 2) - 1 / (dof - 2)) / 2;

/** Puts σ²₀ and its derivatives in μ, ω, α, γ, β at the start of the state. */
export function firstStep(
  x: Float64Array,
  theta: Float64Array,
  start: GarchStart,
  back: number,
  state: Float64Array,
): void {
  const [mean, omega, alpha, gamma, beta] = theta;
  const kept = alpha + gamma / 2 + beta;
  if (typeof start === 'number') {
    state[at.h] = start;
  } else if (start === 'backcast') {
    state.set([omega + kept * back, 0, 1, back, back / 2, back]);
  } else if (start === 'unconditional') {
    const level = omega / (1 - kept);
    const slope = level / (1 - kept);
    state.set([level, 0, 1 / (1 - kept), slope, slope / 2, slope]);
  } else {
    let sum = 0;
    let squares = 0;
    for (const each of x) {
      const e = each - mean;
      sum += e;
      squares += e * e;
    }
    state.set([squares / x.length, (-2 * sum) / x.length, 0, 0, 0, 0]);
  }
}
