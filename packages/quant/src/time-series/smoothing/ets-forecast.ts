import type { EtsModel, EtsParameters, EtsState } from './ets-filter.ts';

/** Expected values with bounds. */
export interface EtsForecast {
  /** Shape [steps], as the others. */
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** What a forecast rests on. */
export interface EtsForecastInput {
  readonly model: Required<EtsModel>;
  readonly parameters: EtsParameters;
  readonly end: EtsState;
  /** σ² of the errors. */
  readonly variance: number;
}

/** How the bounds are had. */
export interface EtsBounds {
  /** The normal quantile of the upper bound, 1.96 for 95 %. */
  readonly z: number;
  /** The same as a probability, 0.975. */
  readonly p: number;
  /** Standard normal numbers for the models whose bounds must be simulated. */
  readonly normal: () => number;
  /** How many futures are drawn; 5,000 if not given. */
  readonly paths?: number;
}

/**
 * Forecasts of exponential smoothing 1 … `steps` steps ahead.
 *
 * Where nothing is multiplicative the bounds are exact for normal errors:
 *   σ²_h = σ² (1 + Σ_{j<h} c_j²),   c_j = α + β (φ + … + φʲ) + γ 1[m divides j]
 * Else they are quantiles of simulated futures.
 *
 * Source: Rob Hyndman, Anne Koehler, Keith Ord and Ralph Snyder, Forecasting with Exponential
 * Smoothing, 2008, tables 6.1 and 6.2.
 */
export function etsForecast(
  input: EtsForecastInput,
  steps: number,
  bounds: EtsBounds,
): EtsForecast {
  const { model, parameters, variance } = input;
  const mean = future(input, steps, () => 0);
  if (model.error === 'multiplicative' || model.season === 'multiplicative') {
    return { mean, ...simulatedBounds(input, steps, bounds) };
  }
  const { alpha, beta, gamma, phi } = parameters;
  const lower = new Float64Array(steps);
  const upper = new Float64Array(steps);
  let sum = 1;
  let damped = 0;
  let power = 1;
  for (let h = 1; h <= steps; h++) {
    const wide = bounds.z * Math.sqrt(variance * sum);
    lower[h - 1] = mean[h - 1] - wide;
    upper[h - 1] = mean[h - 1] + wide;
    power *= phi;
    damped += power;
    const c = alpha + beta * damped + (h % model.period === 0 ? gamma : 0);
    sum += c * c;
  }
  return { mean, lower, upper };
}

/** One future, with errors drawn by `draw`. */
function future(
  { model, parameters, end }: EtsForecastInput,
  steps: number,
  draw: () => number,
): Float64Array {
  const { alpha, beta, gamma, phi } = parameters;
  const { period, season, error } = model;
  const seasons = Float64Array.from(end.seasons);
  let { level, slope } = end;
  return Float64Array.from({ length: steps }, (_, h) => {
    const base = level + phi * slope;
    const at = h % period;
    const s = season === 'none' ? 0 : seasons[at];
    const expected = season === 'multiplicative' ? base * s : base + s;
    const e = draw() * (error === 'multiplicative' ? expected : 1);
    const lift = season === 'multiplicative' ? e / s : e;
    level = base + alpha * lift;
    slope = phi * slope + beta * lift;
    if (season !== 'none') seasons[at] = s + gamma * (season === 'multiplicative' ? e / base : e);
    return expected + e;
  });
}

function simulatedBounds(
  input: EtsForecastInput,
  steps: number,
  { p, normal, paths = 5000 }: EtsBounds,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  const deviation = Math.sqrt(input.variance);
  const ends = Array.from({ length: steps }, () => new Float64Array(paths));
  for (let path = 0; path < paths; path++) {
    const values = future(input, steps, () => deviation * normal());
    for (let h = 0; h < steps; h++) ends[h][path] = values[h];
  }
  for (const each of ends) each.sort();
  const at = (sorted: Float64Array, share: number): number => {
    const place = share * (paths - 1);
    const low = Math.floor(place);
    const high = Math.min(low + 1, paths - 1);
    return sorted[low] + (place - low) * (sorted[high] - sorted[low]);
  };
  return {
    lower: Float64Array.from(ends, (each) => at(each, 1 - p)),
    upper: Float64Array.from(ends, (each) => at(each, p)),
  };
}
