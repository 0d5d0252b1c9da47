import { type BfgsMinimum, bfgs } from '../../minimise/bfgs.ts';
import type { Fitted } from '../fitted.ts';
import { seriesFault } from '../series-fault.ts';
import { EtsCoordinates } from './ets-coordinates.ts';
import { type EtsModel, type EtsParameters, type EtsPath, etsFilter } from './ets-filter.ts';
import { etsGradient } from './ets-gradient.ts';

/** A smoothing with the parameters that make the series most likely. */
export interface EtsFit extends EtsPath {
  readonly model: Required<EtsModel>;
  readonly parameters: EtsParameters;
  /** σ²: Σ errors² ÷ (n − fitted smoothing parameters and states); relative where errors are. */
  readonly variance: number;
  /** Smoothing parameters, free starting states and σ². */
  readonly free: number;
  readonly n: number;
  readonly aic: number;
  /** Null where n ≤ k + 1. */
  readonly aicc: number | null;
  readonly bic: number;
  readonly converged: boolean;
}

/**
 * Fits exponential smoothing by maximum likelihood of its state-space form, starting states
 * included: 0.0001 ≤ α, 0 ≤ β ≤ α, 0 ≤ γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98.
 *
 * The search starts from the classic heuristics for the states (a line through the first values, and
 * the mean seasons of the first cycles) and three sets of smoothing parameters, and keeps the best.
 *
 * @param y Finite, shape [n], oldest first; all above 0 where anything is multiplicative.
 * @returns the fit, or why there is none: too few values, gaps, not above 0, or no variation.
 *
 * Cost: some hundred passes and their slopes, and m² an iteration for m seasons.
 * Source: Rob Hyndman, Anne Koehler, Keith Ord and Ralph Snyder, Forecasting with Exponential
 * Smoothing, 2008, chapters 2 and 5. The bounds are those of R's forecast and statsmodels' ETSModel.
 */
export function fitEts(y: Float64Array, model: EtsModel = {}): Fitted<EtsFit> {
  const full: Required<EtsModel> = {
    error: model.error ?? 'additive',
    trend: model.trend ?? 'none',
    season: model.season ?? 'none',
    period: (model.season ?? 'none') === 'none' ? 1 : (model.period ?? 12),
  };
  const why = unfit(y, full);
  if (why !== null) return { why };
  const n = y.length;
  const origin = firstStates(y, full);
  const changes = Math.sqrt(
    y.reduce((sum, each, t) => (t === 0 ? 0 : sum + (each - y[t - 1]) ** 2), 0) / (n - 1),
  );
  const coordinates = new EtsCoordinates(full, origin, changes);
  const value = (u: Float64Array): number =>
    -etsFilter(y, full, coordinates.parameters(u)).logLikelihood / n;
  const slopes = (u: Float64Array, out: Float64Array): void =>
    coordinates.slopes(u, etsGradient(y, full, coordinates.parameters(u)), out);
  const search = (u: Float64Array, maxIterations: number): BfgsMinimum =>
    bfgs(value, slopes, u, { maxIterations, gradientTolerance: 1e-7 });
  const firsts = [
    coordinates.start(0.2, 0.1, 0.1),
    coordinates.start(0.6, 0.1, 0.1),
    coordinates.start(0.95, 0.05, 0.3),
  ]
    .filter((u) => Number.isFinite(value(u)))
    .map((u) => search(u, 300));
  if (firsts.length === 0) return { why: 'the series is fitted exactly by its starting line' };
  // A search learns a direction an iteration: with a season for each of many steps only the best goes on.
  const going = coordinates.size > 60 ? [lowest(firsts)] : firsts;
  const best = lowest(going.map(({ x }) => search(x, 300 + 4 * coordinates.size)));
  const parameters = coordinates.parameters(best.x);
  const path = etsFilter(y, full, parameters);
  const free = coordinates.size + 1;
  const squares = path.errors.reduce((sum, each) => sum + each * each, 0);
  const { logLikelihood } = path;
  return {
    ...path,
    model: full,
    parameters,
    variance: squares / (n - coordinates.size),
    free,
    n,
    aic: 2 * free - 2 * logLikelihood,
    aicc:
      n > free + 1 ? 2 * free - 2 * logLikelihood + (2 * free * (free + 1)) / (n - free - 1) : null,
    bic: free * Math.log(n) - 2 * logLikelihood,
    converged: best.converged,
  };
}

const lowest = (ends: readonly BfgsMinimum[]): BfgsMinimum =>
  ends.reduce((one, other) => (other.value < one.value ? other : one));

function unfit(
  y: Float64Array,
  { error, trend, season, period }: Required<EtsModel>,
): string | null {
  const n = y.length;
  const needed = Math.max(5 + (trend === 'none' ? 0 : 3), season === 'none' ? 0 : 2 * period + 5);
  if (season !== 'none' && !(Number.isInteger(period) && period >= 2)) {
    return `a season of ${period} steps makes no sense`;
  }
  if (n < needed) return `${n} values are too few, ${needed} are needed`;
  const fault = seriesFault(y);
  if (fault !== null) return fault;
  const lowest = y.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  const highest = y.reduce((most, each) => Math.max(most, each), Number.NEGATIVE_INFINITY);
  if ((error === 'multiplicative' || season === 'multiplicative') && !(lowest > 0)) {
    return `what multiplies needs values above 0, the lowest is ${lowest}`;
  }
  if (!(highest - lowest > 1e-12 * Math.max(Math.abs(highest), Math.abs(lowest)))) {
    return 'the series does not vary';
  }
  return null;
}

/** The seasons of the first cycles, and the line through the first values without them. */
function firstStates(
  y: Float64Array,
  { trend, season, period }: Required<EtsModel>,
): EtsParameters {
  const seasons = season === 'none' ? new Float64Array(0) : firstSeasons(y, season, period);
  const count = Math.min(y.length, Math.max(10, 2 * period));
  const plain = Float64Array.from({ length: count }, (_, t) => {
    if (season === 'none') return y[t];
    const s = seasons[t % period];
    return season === 'additive' ? y[t] - s : y[t] / s;
  });
  const mean = plain.reduce((sum, each) => sum + each / count, 0);
  const middle = (count - 1) / 2;
  let cross = 0;
  let squares = 0;
  for (let t = 0; t < count; t++) {
    cross += (t - middle) * (plain[t] - mean);
    squares += (t - middle) ** 2;
  }
  const slope = trend === 'none' ? 0 : cross / squares;
  const level = trend === 'none' ? mean : mean - slope * (middle + 1);
  return { alpha: 0, beta: 0, gamma: 0, phi: 1, level, slope, seasons };
}

/** Mean deviations (or ratios) of up to three cycles from a centred moving average of one cycle. */
function firstSeasons(
  y: Float64Array,
  season: 'additive' | 'multiplicative',
  period: number,
): Float64Array {
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  const half = Math.floor(period / 2);
  const last = Math.min(y.length - half, 4 * period);
  for (let t = half; t < last; t++) {
    let average = 0;
    for (let i = -half; i <= half; i++) {
      const weight = period % 2 === 0 && Math.abs(i) === half ? 0.5 : 1;
      average += (weight * y[t + i]) / period;
    }
    sums[t % period] += season === 'additive' ? y[t] - average : y[t] / average;
    counts[t % period]++;
  }
  const none = season === 'additive' ? 0 : 1;
  const raw = sums.map((sum, i) => (counts[i] > 0 ? sum / counts[i] : none));
  const mean = raw.reduce((sum, each) => sum + each / period, 0);
  return raw.map((each) => (season === 'additive' ? each - mean : each / mean));
}
