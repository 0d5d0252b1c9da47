import { type EtsModel, type EtsParameters, etsFilter } from './ets-filter.ts';

/**
 * How −ℓ ÷ n of an exponential smoothing changes with each parameter and starting state, ℓ the
 * `logLikelihood` of `etsFilter`: what the recursion did is gone through backwards, each step
 * handing on by how much the states before it moved the errors after it.
 *
 * @param y Finite, shape [n].
 * @returns ∂(−ℓ ÷ n) by each entry of `EtsParameters`, of its shape.
 *
 * Cost: O(n + m), three times the recursion, however many seasons. Source: Andreas Griewank and
 * Andrea Walther, Evaluating Derivatives, 2008, §3.2 (the reverse mode).
 */
export function etsGradient(
  y: Float64Array,
  model: EtsModel,
  parameters: EtsParameters,
): EtsParameters {
  const { alpha, beta, gamma, phi, seasons: seasons0 } = parameters;
  const n = y.length;
  const m = seasons0.length;
  const multiplied = model.season === 'multiplicative';
  const relative = model.error === 'multiplicative';
  const { slopes, seasons } = statesBefore(y, model, parameters);
  const { fitted, errors } = etsFilter(y, model, parameters);
  const ownSquares = errors.reduce((sum, each) => sum + each * each, 0);
  // What each of these adds to −ℓ ÷ n; of the seasons, those of the steps to come.
  const by = { alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, slope: 0 };
  const bySeason = new Float64Array(m);
  for (let t = n - 1; t >= 0; t--) {
    const expected = fitted[t];
    const e = y[t] - expected;
    const at = m === 0 ? 0 : t % m;
    const s = m === 0 ? 1 : seasons[t];
    const base = multiplied ? expected / s : expected - (m === 0 ? 0 : s);
    const lift = multiplied ? e / s : e;
    const byError = errors[t] / ownSquares;
    by.alpha += lift * by.level;
    by.beta += lift * by.slope;
    by.phi += slopes[t] * by.slope;
    const byLift = alpha * by.level + beta * by.slope;
    let byE = relative ? byError / expected : byError;
    let byExpected = relative ? 1 / (n * expected) - (byError * e) / (expected * expected) : 0;
    let byBase = by.level;
    let byS = 0;
    if (m > 0) {
      byS = bySeason[at];
      by.gamma += (multiplied ? e / base : e) * byS;
      const byGain = gamma * byS;
      byE += multiplied ? byGain / base : byGain;
      if (multiplied) byBase -= (byGain * e) / (base * base);
    }
    byE += multiplied ? byLift / s : byLift;
    if (multiplied) byS -= (byLift * e) / (s * s);
    byExpected -= byE;
    byBase += multiplied ? byExpected * s : byExpected;
    if (m > 0) bySeason[at] = byS + (multiplied ? byExpected * base : byExpected);
    by.phi += slopes[t] * byBase;
    by.level = byBase;
    by.slope = phi * (by.slope + byBase);
  }
  return { ...by, seasons: bySeason };
}

/** The slope and the season that each step starts from, shape [n] each. */
function statesBefore(
  y: Float64Array,
  { season = 'none' }: EtsModel,
  { alpha, beta, gamma, phi, level: level0, slope: slope0, seasons: seasons0 }: EtsParameters,
): { readonly slopes: Float64Array; readonly seasons: Float64Array } {
  const n = y.length;
  const m = seasons0.length;
  const multiplied = season === 'multiplicative';
  const slopes = new Float64Array(n);
  const seasons = new Float64Array(m === 0 ? 0 : n);
  let level = level0;
  let slope = slope0;
  const current = Float64Array.from(seasons0);
  for (let t = 0; t < n; t++) {
    const at = m === 0 ? 0 : t % m;
    const s = m === 0 ? 0 : current[at];
    const base = level + phi * slope;
    const e = y[t] - (multiplied ? base * s : base + s);
    const lift = multiplied ? e / s : e;
    slopes[t] = slope;
    if (m > 0) {
      seasons[t] = s;
      current[at] = s + gamma * (multiplied ? e / base : e);
    }
    level = base + alpha * lift;
    slope = phi * slope + beta * lift;
  }
  return { slopes, seasons };
}
