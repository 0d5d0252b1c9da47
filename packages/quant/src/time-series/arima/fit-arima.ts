import { inverseSpd } from '../../linear-algebra/index.ts';
import { type BfgsMinimum, bfgs } from '../../minimise/bfgs.ts';
import { numericHessian } from '../../minimise/numeric-derivatives.ts';
import type { Fitted } from '../fitted.ts';
import { seriesFault } from '../series-fault.ts';
import { type ArmaModel, type ArmaPass, armaFilter } from './arma-filter.ts';
import { armaLikelihood } from './arma-likelihood.ts';
import { difference } from './difference.ts';
import { firstGuess } from './hannan-rissanen.ts';
import {
  fromPartialAutocorrelations,
  partialAutocorrelations,
} from './partial-autocorrelations.ts';

/** Which model is fitted. */
export interface ArimaOrder {
  /** p ≥ 0, lags of the series itself. */
  readonly ar: number;
  /** d ≥ 0, how often the series is differenced; 0 if not given. */
  readonly differences?: number;
  /** q ≥ 0, lags of the shocks. */
  readonly ma: number;
  /** Whether the differenced series has a mean (a drift where d = 1); d = 0 if not given. */
  readonly constant?: boolean;
}

/** A fitted model. */
export interface ArimaFit extends ArmaModel {
  readonly differences: number;
  /** μ of the differenced series; null if the model has none. */
  readonly constant: number | null;
  /** σ² of the shocks. */
  readonly variance: number;
  /** Of μ (if there), φ, θ; null where the likelihood is not curved. */
  readonly standardErrors: Float64Array | null;
  /** Exact, of the differenced series. */
  readonly logLikelihood: number;
  /** μ, φ, θ and σ². */
  readonly parameters: number;
  /** Values of the differenced series. */
  readonly n: number;
  readonly aic: number;
  /** AIC + 2 k (k + 1) ÷ (n − k − 1); null where n ≤ k + 1. */
  readonly aicc: number | null;
  readonly bic: number;
  /** One-step errors divided by their deviations, shape [n]. */
  readonly standardised: Float64Array;
  /** Where the series ended: what forecasts start from. */
  readonly end: ArmaPass;
  /** The last value of the series differenced 0, 1 … d − 1 times. */
  readonly levels: Float64Array;
  readonly converged: boolean;
}

/**
 * Fits an ARIMA(p, d, q) model by exact maximum likelihood. With w = Δᵈ x:
 *
 *   w_t − μ = Σ φ_i (w_{t−i} − μ) + ε_t + Σ θ_i ε_{t−i},   ε ~ N(0, σ²)
 *
 * The likelihood comes from the Kalman filter started at the stationary distribution; μ and σ² are
 * solved for at each φ, θ (generalised least squares), so that the search is over φ and θ alone, in
 * partial autocorrelations, which keep φ stationary and θ invertible. It starts from Hannan and
 * Rissanen's regression, from nothing and, for mixed models, from the best points of a grid, and keeps
 * the best end.
 *
 * As statsmodels' ARIMA and R's arima do; for d > 0 theirs differ in the likelihood by what the
 * diffuse start of the levels adds.
 *
 * @param x The series, finite, oldest first.
 * @param mostWork Values times states that the searches may go through, about; some seconds if not given.
 * @returns the fit, or why there is none: fewer than p + q + 3 differenced values beyond their count of
 *   parameters, gaps, or no variation.
 *
 * Cost: about 50 (p + q + 1)² passes of n max(p, q + 1) steps, up to a bound of some seconds for the
 * highest orders, where the fit says that it did not converge.
 * Source: Andrew Harvey, Time Series Models, 1993, §4; James Durbin and Siem Jan Koopman, Time
 * Series Analysis by State Space Methods, 2012, §7.3.
 */
export function fitArima(x: Float64Array, order: ArimaOrder, mostWork = 4e8): Fitted<ArimaFit> {
  const { ar: p, ma: q, differences: d = 0, constant = d === 0 } = order;
  const fault = seriesFault(x);
  if (fault !== null) return { why: fault };
  const { values: w, levels } = difference(x, d);
  const n = w.length;
  const needed = 2 * (p + q) + 4;
  if (n < needed) return { why: `${n} differenced values are too few, ${needed} are needed` };
  const spread = w.reduce(
    (most, each) => Math.max(most, Math.abs(each - (constant ? w[0] : 0))),
    0,
  );
  const size = x.reduce((most, each) => Math.max(most, Math.abs(each)), 0);
  if (!(spread > 1e-12 * size)) return { why: 'the series does not vary' };
  const likelihood = new ConcentratedLikelihood(w, p, q, constant);
  const best = likeliest(
    likelihood,
    startingPoints(likelihood, firstGuess(w, p, q), p, q),
    mostWork / n,
  );
  const model = likelihood.model(best.x);
  const { mean, pass, standardised } = likelihood.run(model);
  const variance = pass.squares / n;
  const logLikelihood = -(n * (Math.log(2 * Math.PI * variance) + 1) + pass.logs) / 2;
  const parameters = p + q + 1 + (constant ? 1 : 0);
  return {
    ...model,
    differences: d,
    constant: constant ? mean : null,
    variance,
    standardErrors: errors(w, model, constant ? mean : null, variance),
    logLikelihood,
    parameters,
    n,
    aic: 2 * parameters - 2 * logLikelihood,
    aicc:
      n > parameters + 1
        ? 2 * parameters -
          2 * logLikelihood +
          (2 * parameters * (parameters + 1)) / (n - parameters - 1)
        : null,
    bic: parameters * Math.log(n) - 2 * logLikelihood,
    standardised: standardised.map((each) => each / Math.sqrt(variance)),
    end: pass,
    levels,
    converged: best.converged,
  };
}

/**
 * The best end of searches from all starts. Where they might go through more than `mostStates` states, each only
 * begins, and what is left of the work goes to the one that is best by then: it ends not converged if
 * that is not enough.
 */
function likeliest(
  likelihood: ConcentratedLikelihood,
  starts: readonly Float64Array[],
  mostStates: number,
): BfgsMinimum {
  const search = (start: Float64Array, maxIterations: number): BfgsMinimum =>
    bfgs((u) => likelihood.at(u), undefined, start, { gradientTolerance: 1e-7, maxIterations });
  const lowest = (ends: readonly BfgsMinimum[]): BfgsMinimum =>
    ends.reduce((one, other) => (other.value < one.value ? other : one));
  const k = starts[0].length;
  // Two values a coordinate for a slope, and some for the step.
  const iterations = Math.floor(mostStates / (likelihood.states * (2 * k + 2)));
  if (iterations >= 200 * starts.length) return lowest(starts.map((start) => search(start, 200)));
  const each = Math.max(5, Math.floor(iterations / (3 * starts.length)));
  const begun = starts.map((start) => search(start, each));
  const best = lowest(begun);
  if (best.converged) return best;
  const left = iterations - begun.reduce((sum, end) => sum + end.iterations, 0);
  return search(best.x, Math.min(200, Math.max(20, left)));
}

/**
 * Where searches start. A mixed model whose sides nearly cancel has several tops: two more starts
 * are the likeliest points of a grid over the first partial autocorrelations of φ and −θ.
 */
function startingPoints(
  likelihood: ConcentratedLikelihood,
  guess: Float64Array,
  p: number,
  q: number,
): Float64Array[] {
  if (p + q === 0) return [guess];
  const none = new Float64Array(p + q);
  if (p === 0 || q === 0) return [guess, none];
  const sizes = [-2, -0.6, 0, 0.6, 2];
  const grid = sizes.flatMap((ar) =>
    sizes.map((ma) => {
      const u = none.with(0, ar).with(p, ma);
      return { u, value: likelihood.at(u) };
    }),
  );
  const [first, second] = grid.sort((one, other) => one.value - other.value);
  return [guess, none, first.u, second.u];
}

/** The likelihood as a function of φ and θ alone. */
class ConcentratedLikelihood {
  readonly #w: Float64Array;
  readonly #p: number;
  readonly #q: number;
  readonly #constant: boolean;
  readonly #ones: Float64Array;
  readonly #v: Float64Array;
  readonly #u: Float64Array;

  constructor(w: Float64Array, p: number, q: number, constant: boolean) {
    this.#w = w;
    this.#p = p;
    this.#q = q;
    this.#constant = constant;
    this.#ones = new Float64Array(w.length).fill(1);
    this.#v = new Float64Array(w.length);
    this.#u = new Float64Array(w.length);
  }

  /** Size of the state. */
  get states(): number {
    return Math.max(this.#p, this.#q + 1);
  }

  /** φ and θ of any point of ℝ^(p + q). */
  model(u: Float64Array): ArmaModel {
    const r = u.map((each) => each / Math.sqrt(1 + each * each));
    return {
      ar: fromPartialAutocorrelations(r.slice(0, this.#p)),
      ma: fromPartialAutocorrelations(r.slice(this.#p, this.#p + this.#q)).map((each) => -each),
    };
  }

  /** −ℓ ÷ n but for constants, at the best μ and σ². */
  at(u: Float64Array): number {
    const { squares, logs } = this.#pass(this.model(u));
    const n = this.#w.length;
    return (Math.log(squares / n) + logs / n) / 2;
  }

  run(model: ArmaModel): {
    readonly mean: number;
    readonly pass: ArmaPass;
    readonly standardised: Float64Array;
  } {
    const { mean } = this.#pass(model);
    const standardised = new Float64Array(this.#w.length);
    const centred = this.#w.map((each) => each - mean);
    return { mean, pass: armaFilter(centred, model, standardised), standardised };
  }

  #pass(model: ArmaModel): {
    readonly mean: number;
    readonly squares: number;
    readonly logs: number;
  } {
    if (!this.#constant) return { mean: 0, ...armaLikelihood(this.#w, model) };
    const other = { x: this.#ones, innovations: this.#u };
    const { squares, logs } = armaLikelihood(this.#w, model, this.#v, other);
    let vu = 0;
    let uu = 0;
    for (let t = 0; t < this.#v.length; t++) {
      vu += this.#v[t] * this.#u[t];
      uu += this.#u[t] * this.#u[t];
    }
    return { mean: vu / uu, squares: squares - (vu * vu) / uu, logs };
  }
}

/** Roots of the diagonal of the inverse of −∂²ℓ/∂θ², of μ (if there), φ and θ, σ² fitted too. */
function errors(
  w: Float64Array,
  model: ArmaModel,
  mean: number | null,
  variance: number,
): Float64Array | null {
  const lead = mean === null ? 0 : 1;
  const p = model.ar.length;
  const size = Math.sqrt(variance);
  const point = Float64Array.of(...(mean === null ? [] : [mean / size]), ...model.ar, ...model.ma);
  const k = point.length;
  if (k === 0) return point;
  const n = w.length;
  const minus = (at: Float64Array): number => {
    const ar = at.slice(lead, lead + p);
    if (partialAutocorrelations(ar) === null) return Number.NaN;
    const shift = lead === 1 ? at[0] * size : 0;
    const { squares, logs } = armaLikelihood(
      w.map((each) => each - shift),
      { ar, ma: at.slice(lead + p) },
    );
    return (n * Math.log(squares / n) + logs) / 2;
  };
  const data = numericHessian(minus, point, new Float64Array(k).fill(1));
  const inverse = inverseSpd({ rows: k, columns: k, data });
  if (!inverse) return null;
  const found = Float64Array.from({ length: k }, (_, i) => Math.sqrt(inverse.data[i * k + i]));
  if (lead === 1) found[0] *= size;
  return found.every(Number.isFinite) ? found : null;
}
