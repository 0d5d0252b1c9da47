import { type GarchParameters, persistence } from './garch-model.ts';

/**
 * Forecasts of the variance 1 … `steps` steps after the end of a series:
 *
 *   E σ²_{n+1} = next,   E σ²_{n+h} = ω + p E σ²_{n+h−1},   p = α + γ/2 + β
 *
 * @param next The variance of the first step, as a fit or filter gives it.
 * @returns shape [steps]. Their sum is the variance of the sum of the steps.
 *
 * Source: Robert Engle and Tim Bollerslev, Modelling the persistence of conditional variances, 1986.
 */
export function garchForecast(
  parameters: GarchParameters,
  next: number,
  steps: number,
): Float64Array {
  const kept = persistence(parameters);
  const variances = new Float64Array(steps);
  let variance = next;
  for (let h = 0; h < steps; h++) {
    variances[h] = variance;
    variance = parameters.omega + kept * variance;
  }
  return variances;
}

/**
 * The news impact curve: the next variance as a function of this shock, at a variance so far of
 * `level`: ω + (α + γ 1[e < 0]) e² + β level.
 *
 * @param shocks e, in units of the series, shape [k].
 * @returns shape [k].
 *
 * Source: Robert Engle and Victor Ng, Measuring and testing the impact of news on volatility, 1993.
 */
export function newsImpact(
  { omega, alpha, gamma, beta }: GarchParameters,
  shocks: Float64Array,
  level: number,
): Float64Array {
  return shocks.map((e) => omega + (e < 0 ? alpha + gamma : alpha) * e * e + beta * level);
}
