import type { EtsModel, EtsParameters } from './ets-filter.ts';

/**
 * Coordinates in which every point of ℝᵏ is an admissible smoothing: logits of α in (0.0001,
 * 0.9999), of β ÷ α and γ ÷ (1 − α) in (0, 1) and of φ in (0.8, 0.98), and the starting states in
 * units of the series' spread, the last season being what makes them sum to 0 (or m).
 */
export class EtsCoordinates {
  readonly #model: Required<EtsModel>;
  readonly #origin: EtsParameters;
  readonly #unit: number;
  readonly size: number;

  constructor(model: Required<EtsModel>, origin: EtsParameters, unit: number) {
    this.#model = model;
    this.#origin = origin;
    this.#unit = unit;
    const { trend, season, period } = model;
    this.size =
      2 +
      (trend === 'none' ? 0 : 2) +
      (trend === 'damped' ? 1 : 0) +
      (season === 'none' ? 0 : period);
  }

  parameters(u: Float64Array): EtsParameters {
    const { trend, season, period } = this.#model;
    let at = 0;
    const alpha = between(0.0001, 0.9999, u[at++]);
    const level = this.#origin.level + this.#unit * u[at++];
    let beta = 0;
    let slope = 0;
    if (trend !== 'none') {
      beta = alpha * between(0.0001, 0.9999, u[at++]);
      slope = this.#origin.slope + 0.1 * this.#unit * u[at++];
    }
    const phi = trend === 'damped' ? between(0.8, 0.98, u[at++]) : 1;
    let gamma = 0;
    const seasons = Float64Array.from(this.#origin.seasons);
    if (season !== 'none') {
      gamma = (1 - alpha) * between(0.0001, 0.9999, u[at++]);
      const scale = this.#seasonUnit();
      let sum = 0;
      for (let i = 0; i < period - 1; i++) {
        seasons[i] += scale * u[at++];
        sum += seasons[i];
      }
      seasons[period - 1] = (season === 'additive' ? 0 : period) - sum;
    }
    return { alpha, beta, gamma, phi, level, slope, seasons };
  }

  /** From ∂f by each parameter at a point, as `etsGradient` has them, to ∂f by each coordinate, into `out`. */
  slopes(u: Float64Array, by: EtsParameters, out: Float64Array): void {
    const { trend, season, period } = this.#model;
    let at = 0;
    const alpha = between(0.0001, 0.9999, u[at++]);
    let byAlpha = by.alpha;
    out[at++] = this.#unit * by.level;
    if (trend !== 'none') {
      byAlpha += between(0.0001, 0.9999, u[at]) * by.beta;
      out[at] = alpha * betweenSlope(0.0001, 0.9999, u[at]) * by.beta;
      at++;
      out[at++] = 0.1 * this.#unit * by.slope;
    }
    if (trend === 'damped') {
      out[at] = betweenSlope(0.8, 0.98, u[at]) * by.phi;
      at++;
    }
    if (season !== 'none') {
      byAlpha -= between(0.0001, 0.9999, u[at]) * by.gamma;
      out[at] = (1 - alpha) * betweenSlope(0.0001, 0.9999, u[at]) * by.gamma;
      at++;
      const scale = this.#seasonUnit();
      const last = by.seasons[period - 1];
      for (let i = 0; i < period - 1; i++) out[at++] = scale * (by.seasons[i] - last);
    }
    out[0] = betweenSlope(0.0001, 0.9999, u[0]) * byAlpha;
  }

  #seasonUnit(): number {
    return this.#model.season === 'additive'
      ? this.#unit
      : this.#unit / Math.abs(this.#origin.level);
  }

  /** Coordinates of the origin with these shares of their ranges for α, β ÷ α, γ ÷ (1 − α). */
  start(alpha: number, beta: number, gamma: number): Float64Array {
    const { trend, season, period } = this.#model;
    return Float64Array.of(
      logit(alpha),
      0,
      ...(trend === 'none' ? [] : [logit(beta), 0]),
      ...(trend === 'damped' ? [logit(0.9)] : []),
      ...(season === 'none' ? [] : [logit(gamma), ...new Array<number>(period - 1).fill(0)]),
    );
  }
}

const between = (low: number, high: number, u: number): number =>
  low + (high - low) / (1 + Math.exp(-u));
const betweenSlope = (low: number, high: number, u: number): number => {
  const share = 1 / (1 + Math.exp(-u));
  return (high - low) * share * (1 - share);
};
const logit = (p: number): number => Math.log(p / (1 - p));
