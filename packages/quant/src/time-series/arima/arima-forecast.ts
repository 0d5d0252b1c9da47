import { advance, harveyForm } from './arma-filter.ts';
import type { ArimaFit } from './fit-arima.ts';

/** Expected values and how sure they are. */
export interface Forecast {
  /** Shape [steps]. */
  readonly mean: Float64Array;
  /** Standard deviations of the errors of the forecasts, parameters taken as known; shape [steps]. */
  readonly deviation: Float64Array;
}

/**
 * Forecasts of a fitted ARIMA model 1 … `steps` steps after the end of its series, integrated back
 * to its level, with their standard errors: those of the state and of the shocks to come, not of the
 * parameters.
 *
 * Cost: O(steps (r + d)²). Source: James Durbin and Siem Jan Koopman, Time Series Analysis by State
 * Space Methods, 2012, §4.11.
 */
export function arimaForecast(fit: ArimaFit, steps: number): Forecast {
  const { phi, load } = harveyForm(fit);
  const r = phi.length;
  const d = fit.differences;
  const size = d + r;
  const mean = new Float64Array(steps);
  const deviation = new Float64Array(steps);
  const state = Float64Array.from(fit.end.state);
  const levels = Float64Array.from(fit.levels);
  // Errors of x, Δx … Δ^(d−1) x and of the state: known at the end but for what the state leaves open.
  let covariance = new Float64Array(size * size);
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      covariance[(d + i) * size + d + j] = fit.end.covariance[i * r + j];
    }
  }
  const step = (v: Float64Array): Float64Array => stepped(v, phi, d);
  for (let h = 0; h < steps; h++) {
    advance(state, phi);
    let change = state[0] + (fit.constant ?? 0);
    for (let k = d - 1; k >= 0; k--) {
      levels[k] += change;
      change = levels[k];
    }
    mean[h] = change;
    covariance = sandwiched(covariance, size, step);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        covariance[i * size + j] += (i < d ? 1 : load[i - d]) * (j < d ? 1 : load[j - d]);
      }
    }
    deviation[h] = Math.sqrt(covariance[0] * fit.variance);
  }
  return { mean, deviation };
}

/** The joint transition: the state by T, and each level plus all that it sums. */
function stepped(v: Float64Array, phi: Float64Array, d: number): Float64Array {
  const out = Float64Array.from(v);
  const state = out.subarray(d);
  advance(state, phi);
  let change = state[0];
  for (let k = d - 1; k >= 0; k--) {
    out[k] += change;
    change = out[k];
  }
  return out;
}

/** M C Mᵀ, with M given by what it does to a vector. */
function sandwiched(
  c: Float64Array,
  size: number,
  step: (v: Float64Array) => Float64Array,
): Float64Array<ArrayBuffer> {
  const half = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const moved = step(Float64Array.from({ length: size }, (_, i) => c[i * size + j]));
    for (let i = 0; i < size; i++) half[i * size + j] = moved[i];
  }
  const whole = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    whole.set(step(half.slice(i * size, (i + 1) * size)), i * size);
  }
  return whole;
}
