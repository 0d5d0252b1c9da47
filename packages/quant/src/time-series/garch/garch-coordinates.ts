import type { GarchModel } from './garch-model.ts';
import { place } from './garch-state.ts';

/** The reciprocal degrees of freedom are kept between those of ν = 500 and ν = 2.05. */
const thinnest = 1 / 500;
const fattest = 1 / 2.05;

/**
 * Coordinates in which every point of ℝᵏ is an admissible model, so that the search needs no
 * constraints: μ itself, ln ω, the logit of the persistence p, the shares of β, α/2 and (α + γ)/2 in
 * it as a softmax, and the logit of 1/ν within its bounds.
 */
export class GarchCoordinates {
  readonly #model: Required<GarchModel>;
  /** Places in u of μ, the share of falls and 1/ν; −1 where the model has them not. */
  readonly #mean: number;
  readonly #falls: number;
  readonly #dof: number;
  readonly size: number;

  constructor(model: Required<GarchModel>) {
    this.#model = model;
    let size = 3;
    this.#mean = model.mean === 'constant' ? size++ : -1;
    this.#falls = model.asymmetric ? size++ : -1;
    this.#dof = model.density === 'student-t' ? size++ : -1;
    this.size = size;
  }

  /** Places of θ that are free, in its order. */
  get free(): readonly number[] {
    const { mean, omega, alpha, gamma, beta, dof } = place;
    return [
      ...(this.#mean >= 0 ? [mean] : []),
      omega,
      alpha,
      ...(this.#model.asymmetric ? [gamma] : []),
      beta,
      ...(this.#dof >= 0 ? [dof] : []),
    ];
  }

  /** θ of u, shape [6]. */
  theta(u: Float64Array, out: Float64Array): Float64Array {
    const p = logistic(u[1]);
    const { rise, fall, kept } = this.#shares(u);
    out[place.mean] = this.#mean < 0 ? 0 : u[this.#mean];
    out[place.omega] = Math.exp(u[0]);
    out[place.alpha] = p * rise;
    out[place.gamma] = p * (fall - rise);
    out[place.beta] = p * kept;
    out[place.dof] =
      this.#dof < 0 ? 0 : 1 / (thinnest + (fattest - thinnest) * logistic(u[this.#dof]));
    return out;
  }

  /** u of θ; α, α + γ, β, ω and 1 − persistence must be above 0. */
  coordinates(theta: Float64Array): Float64Array {
    const u = new Float64Array(this.size);
    const alpha = theta[place.alpha];
    const fall = alpha + theta[place.gamma];
    const beta = theta[place.beta];
    u[0] = Math.log(theta[place.omega]);
    u[1] = logit((alpha + fall) / 2 + beta);
    u[2] = Math.log(this.#model.asymmetric ? alpha / 2 / beta : alpha / beta);
    if (this.#falls >= 0) u[this.#falls] = Math.log(fall / 2 / beta);
    if (this.#mean >= 0) u[this.#mean] = theta[place.mean];
    if (this.#dof >= 0) {
      u[this.#dof] = logit((1 / theta[place.dof] - thinnest) / (fattest - thinnest));
    }
    return u;
  }

  /** ∂ℓ/∂u of ∂ℓ/∂θ. */
  gradient(u: Float64Array, byTheta: Float64Array, out: Float64Array): void {
    const p = logistic(u[1]);
    const { rise, fall, kept } = this.#shares(u);
    const omega = Math.exp(u[0]);
    // θ = p (rise, fall − rise, kept), in which α is `rise` and α + γ is `fall`.
    const byRise = byTheta[place.alpha] - byTheta[place.gamma];
    const byFall = byTheta[place.gamma];
    const byKept = byTheta[place.beta];
    const whole = rise * byRise + fall * byFall + kept * byKept;
    out[0] = omega * byTheta[place.omega];
    out[1] = p * (1 - p) * whole;
    if (this.#falls < 0) {
      // rise = fall = w and kept = 1 − w: ∂w/∂u₂ = w (1 − w).
      out[2] = p * rise * kept * (byRise + byFall - byKept);
    } else {
      out[2] = p * (rise * byRise - (rise / 2) * whole);
      out[this.#falls] = p * (fall * byFall - (fall / 2) * whole);
    }
    if (this.#mean >= 0) out[this.#mean] = byTheta[place.mean];
    if (this.#dof >= 0) {
      const s = logistic(u[this.#dof]);
      const inverse = thinnest + (fattest - thinnest) * s;
      const slope = (fattest - thinnest) * s * (1 - s);
      out[this.#dof] = (-byTheta[place.dof] * slope) / (inverse * inverse);
    }
  }

  /** α, α + γ and β, each divided by the persistence. */
  #shares(u: Float64Array): {
    readonly rise: number;
    readonly fall: number;
    readonly kept: number;
  } {
    if (this.#falls < 0) {
      const rise = logistic(u[2]);
      return { rise, fall: rise, kept: logistic(-u[2]) };
    }
    const top = Math.max(0, u[2], u[this.#falls]);
    const a = Math.exp(u[2] - top);
    const b = Math.exp(u[this.#falls] - top);
    const c = Math.exp(-top);
    const sum = a + b + c;
    return { rise: (2 * a) / sum, fall: (2 * b) / sum, kept: c / sum };
  }
}

const logistic = (u: number): number => 1 / (1 + Math.exp(-u));
const logit = (p: number): number => Math.log(p / (1 - p));
