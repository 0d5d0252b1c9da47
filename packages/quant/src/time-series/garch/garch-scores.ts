import type { GarchModel } from './garch-model.ts';
import { at, dofSlope, firstStep, place } from './garch-state.ts';

/**
 * The outer product of the scores, Σ (∂ℓ_t/∂u)(∂ℓ_t/∂u)ᵀ, row-major, shape [k × k].
 *
 * @param project Turns ∂ℓ_t/∂θ, shape [6], into ∂ℓ_t/∂u, shape [k].
 */
export function garchScores(
  x: Float64Array,
  theta: Float64Array,
  model: Required<GarchModel>,
  back: number,
  project: (score: Float64Array, out: Float64Array) => void,
  k: number,
): Float64Array {
  const [mean, omega, alpha, gamma, beta, dof] = theta;
  const free = dof - 2;
  const state = new Float64Array(at.size);
  firstStep(x, theta, model.start, back, state);
  let [h, hMean, hOmega, hAlpha, hGamma, hBeta] = state;
  const bend = model.density === 'student-t' ? dofSlope(dof) : 0;
  const score = new Float64Array(6);
  const projected = new Float64Array(k);
  const outer = new Float64Array(k * k);
  for (const each of x) {
    const e = each - mean;
    const square = e * e;
    let pull = (square / h - 1) / (2 * h);
    let direct = e / h;
    if (model.density === 'student-t') {
      const whole = free * h + square;
      const share = square / whole;
      pull = ((dof + 1) * share - 1) / (2 * h);
      direct = ((dof + 1) * e) / whole;
      score[place.dof] =
        bend - Math.log1p(square / (free * h)) / 2 + ((dof + 1) * share) / (2 * free);
    }
    score[place.mean] = pull * hMean + direct;
    score[place.omega] = pull * hOmega;
    score[place.alpha] = pull * hAlpha;
    score[place.gamma] = pull * hGamma;
    score[place.beta] = pull * hBeta;
    project(score, projected);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) outer[i * k + j] += projected[i] * projected[j];
    }
    const weight = e < 0 ? alpha + gamma : alpha;
    hMean = -2 * weight * e + beta * hMean;
    hOmega = 1 + beta * hOmega;
    hAlpha = square + beta * hAlpha;
    hGamma = (e < 0 ? square : 0) + beta * hGamma;
    hBeta = h + beta * hBeta;
    h = omega + weight * square + beta * h;
  }
  return outer;
}
