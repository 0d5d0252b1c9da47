/** What shape of model is fitted, and how it starts. */
export interface GarchModel {
  /** Whether a constant mean is fitted too, or 0 assumed; `constant` if not given. */
  readonly mean?: 'constant' | 'zero';
  /** Whether falls may weigh more than rises (the model of Glosten, Jagannathan and Runkle); false if not given. */
  readonly asymmetric?: boolean;
  /** Distribution of the standardised shocks; `normal` if not given. */
  readonly density?: 'normal' | 'student-t';
  /** The variance that the first step starts from; `backcast` if not given. */
  readonly start?: GarchStart;
}

/**
 * The first variance:
 * - `backcast` (the Python package arch): σ²₀ = ω + (α + γ/2 + β) b with
 *   b = Σ_{i<τ} 0.94ⁱ ẽᵢ² ÷ Σ_{i<τ} 0.94ⁱ, τ = min(75, n), ẽ = x − mean(x);
 * - `mean-square` (R's fGarch): σ²₀ = mean of e²;
 * - `unconditional`: σ²₀ = ω ÷ (1 − persistence);
 * - a number: that variance.
 */
export type GarchStart = 'backcast' | 'mean-square' | 'unconditional' | number;

/** Parameters in the units of the series. */
export interface GarchParameters {
  /** μ. */
  readonly mean: number;
  /** ω > 0, in squared units. */
  readonly omega: number;
  /** α ≥ 0: what a squared shock adds. */
  readonly alpha: number;
  /** γ ≥ −α: what it adds more if it is a fall; 0 in the symmetric model. */
  readonly gamma: number;
  /** β ≥ 0: what is kept of the last variance. */
  readonly beta: number;
  /** ν > 2, degrees of freedom of Student's t; null for normal shocks. */
  readonly dof: number | null;
}

/** α + γ/2 + β: the share of a deviation of the variance that is left after a step, for symmetric shocks. */
export const persistence = ({ alpha, gamma, beta }: GarchParameters): number =>
  alpha + gamma / 2 + beta;

/** The weighted mean of the first squares, from which the first variance is had. */
export function backcast(x: Float64Array): number {
  let mean = 0;
  for (const each of x) mean += each / x.length;
  let sum = 0;
  let weights = 0;
  let weight = 1;
  for (let i = 0; i < Math.min(75, x.length); i++) {
    sum += weight * (x[i] - mean) ** 2;
    weights += weight;
    weight *= 0.94;
  }
  return sum / weights;
}

/** The first variance at these parameters; `back` is `backcast(x)`. */
export function firstVariance(
  x: Float64Array,
  parameters: GarchParameters,
  start: GarchStart,
  back: number,
): number {
  if (typeof start === 'number') return start;
  const kept = persistence(parameters);
  if (start === 'backcast') return parameters.omega + kept * back;
  if (start === 'unconditional') return parameters.omega / (1 - kept);
  let squares = 0;
  for (const each of x) squares += (each - parameters.mean) ** 2;
  return squares / x.length;
}
