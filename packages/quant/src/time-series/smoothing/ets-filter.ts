/** Which parts an exponential smoothing has. */
export interface EtsModel {
  /** Whether errors keep their size or grow with the series; `additive` if not given. */
  readonly error?: 'additive' | 'multiplicative';
  /** `none` if not given. `damped` flattens out by a factor φ a step. */
  readonly trend?: 'none' | 'additive' | 'damped';
  /** `none` if not given. */
  readonly season?: 'none' | 'additive' | 'multiplicative';
  /** Steps in a cycle of seasons, 2 or more; 1 where there is no season. */
  readonly period?: number;
}

/** Smoothing parameters and where the series starts from. */
export interface EtsParameters {
  /** α in [0, 1]: share of an error that the level takes. */
  readonly alpha: number;
  /** β in [0, α]: share that the slope takes (α β* of Holt's form); 0 without trend. */
  readonly beta: number;
  /** γ in [0, 1 − α] by custom: share that the season takes; 0 without. */
  readonly gamma: number;
  /** φ in (0, 1]; 1 without damping. */
  readonly phi: number;
  /** The level before the first value. */
  readonly level: number;
  /** The slope before the first value; 0 without trend. */
  readonly slope: number;
  /** The seasons of the first m steps, shape [m]; empty without. */
  readonly seasons: Float64Array;
}

/** What the recursion makes of a series. */
export interface EtsPath {
  /** One-step forecasts, shape [n]. */
  readonly fitted: Float64Array;
  /** y − fitted, divided by fitted where errors are multiplicative; shape [n]. */
  readonly errors: Float64Array;
  /** Σ (y − fitted)². */
  readonly squares: number;
  /** At the best σ², constants included. Infinite where a fit is exact; NaN where a state makes no sense. */
  readonly logLikelihood: number;
  readonly end: EtsState;
}

/** The states after the last value. */
export interface EtsState {
  readonly level: number;
  readonly slope: number;
  /** Seasons of the next m steps, shape [m]; empty without. */
  readonly seasons: Float64Array;
}

/**
 * Exponential smoothing in its error-correction form, with given parameters:
 *
 *   ŷ = l + φ b  (+ s or × s),  e = y − ŷ
 *   l ← l + φ b + α e′,  b ← φ b + β e′,  s ← s + γ e″
 *
 * e′ = e and e″ = e, but with multiplicative seasons e′ = e ÷ s and e″ = e ÷ (l + φ b). Without trend
 * and season it is simple smoothing, with trend Holt's, with both Holt and Winters' method.
 *
 * @param y Finite, shape [n].
 *
 * Cost: O(n). Source: Rob Hyndman, Anne Koehler, Keith Ord and Ralph Snyder, Forecasting with
 * Exponential Smoothing, 2008, §2.5.
 */
export function etsFilter(
  y: Float64Array,
  { error = 'additive', season = 'none' }: EtsModel,
  { alpha, beta, gamma, phi, level: level0, slope: slope0, seasons: seasons0 }: EtsParameters,
): EtsPath {
  const n = y.length;
  const m = seasons0.length;
  const seasons = Float64Array.from(seasons0);
  const fitted = new Float64Array(n);
  const errors = new Float64Array(n);
  const multiplied = season === 'multiplicative';
  const relative = error === 'multiplicative';
  let level = level0;
  let slope = slope0;
  let squares = 0;
  let ownSquares = 0;
  let logs = 0;
  let at = 0;
  for (let t = 0; t < n; t++) {
    const base = level + phi * slope;
    const s = m === 0 ? 0 : seasons[at];
    const expected = multiplied ? base * s : base + s;
    const e = y[t] - expected;
    fitted[t] = expected;
    errors[t] = relative ? e / expected : e;
    squares += e * e;
    ownSquares += errors[t] * errors[t];
    if (relative) logs += Math.log(expected);
    const lift = multiplied ? e / s : e;
    level = base + alpha * lift;
    slope = phi * slope + beta * lift;
    if (m > 0) {
      seasons[at] = s + gamma * (multiplied ? e / base : e);
      at = at + 1 === m ? 0 : at + 1;
    }
  }
  const next = Float64Array.from({ length: m }, (_, i) => seasons[(at + i) % m]);
  return {
    fitted,
    errors,
    squares,
    logLikelihood: (-n / 2) * (Math.log((2 * Math.PI * ownSquares) / n) + 1) - logs,
    end: { level, slope, seasons: next },
  };
}
