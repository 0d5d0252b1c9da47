import { gaussLegendre, normalCdf } from '@plimsoll/quant/distributions';
import { baroneAdesiWhaley } from './early-exercise.ts';

/** A put for which waiting can be worse than exercise: r > 0. */
export interface PutMarket {
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly dividendYield: number;
  readonly volatility: number;
}

/** The spot below which the put is best exercised, as a function of the time that is left. */
export interface ExerciseBoundary {
  /** The boundary with no time left: K × min(1, r ÷ q). */
  readonly limit: number;
  /** ln²(B ÷ limit) at √τ = √T (1 + xᵢ) ÷ 2, xᵢ = −cos(πi ÷ n), shape [n + 1]. */
  readonly transformed: Float64Array;
  readonly years: number;
}

const nodes = 14;
const turns = 60;
const inner = quadrature(16);
const chebyshev = Float64Array.from(
  { length: nodes + 1 },
  (_, i) => -Math.cos((Math.PI * i) / nodes),
);

/**
 * A rule for ∫₀^τ f(gap) dgap with gap = τ sin²θ, so that √gap and √(τ − gap) are both smooth in θ.
 *
 * @returns the shares sin²θ and cos²θ of τ, and weights for τ = 1: shape [points] each.
 */
export function quadrature(points: number): {
  readonly gap: Float64Array;
  readonly left: Float64Array;
  readonly weight: Float64Array;
} {
  const half = gaussLegendre(points);
  const x = Float64Array.of(...half.x, ...half.x.map((value) => -value));
  const angle = x.map((value) => (Math.PI * (1 + value)) / 4);
  return {
    gap: angle.map((theta) => Math.sin(theta) ** 2),
    left: angle.map((theta) => Math.cos(theta) ** 2),
    weight: angle.map(
      (theta, k) =>
        ((half.weight[k % half.x.length] as number) * Math.PI * Math.sin(2 * theta)) / 4,
    ),
  };
}

/** ln(B ÷ limit) at the time left, from its barycentric interpolant in x = 2 √(τ ÷ T) − 1. */
export function logBoundaryAt({ transformed, years }: ExerciseBoundary, left: number): number {
  const weights = interpolation(2 * Math.sqrt(left / years) - 1);
  let square = 0;
  for (let i = 0; i <= nodes; i++) square += weights[i] * transformed[i];
  return -Math.sqrt(Math.max(0, square));
}

/** What each node counts in the interpolant at x: shape [nodes + 1], sum 1. */
function interpolation(x: number): Float64Array {
  const weights = new Float64Array(nodes + 1);
  let sum = 0;
  for (let i = 0; i <= nodes; i++) {
    const distance = x - chebyshev[i];
    if (Math.abs(distance) < 1e-15) {
      weights.fill(0);
      weights[i] = 1;
      return weights;
    }
    const sign = (i & 1) === 0 ? 1 : -1;
    weights[i] = (sign * (i === 0 || i === nodes ? 0.5 : 1)) / distance;
    sum += weights[i];
  }
  for (let i = 0; i <= nodes; i++) weights[i] /= sum;
  return weights;
}

/** The points at which the integral of node i is taken do not depend on the market. */
const points = Array.from({ length: nodes + 1 }, (_, i) => {
  const root = (1 + chebyshev[i]) / 2;
  return Array.from(inner.left, (left) => interpolation(2 * root * Math.sqrt(left) - 1));
});

/**
 * The early-exercise boundary of an American put by collocation: at each Chebyshev node the
 * fixed-point equation
 * B(τ) = K e^(−(r−q)τ) [Φ(d₋(τ, B ÷ K)) + r ∫₀^τ e^(ru) Φ(d₋(τ − u, B ÷ B(u))) du]
 *                    ÷ [Φ(d₊(τ, B ÷ K)) + q ∫₀^τ e^(qu) Φ(d₊(τ − u, B ÷ B(u))) du],
 * d±(t, z) = [ln z + (r − q ± σ² ÷ 2) t] ÷ (σ√t), is repeated until it holds, the integrals by Gauss
 * and Legendre in the angle whose sine is √((τ − u) ÷ τ).
 *
 * @returns the boundary for all times up to expiry.
 *
 * Cost: nodes × points × 2 error functions a turn, some ten turns: a fraction of a millisecond. Source:
 * Andersen, Lake and Offengenden, "High-performance American option pricing" (2016), equation B; the
 * first guess here is the quadratic approximation of Barone-Adesi and Whaley (1987).
 */
export function exerciseBoundary(market: PutMarket): ExerciseBoundary {
  const { strike, years, rate, dividendYield } = market;
  const limit = dividendYield > rate ? (strike * rate) / dividendYield : strike;
  const transformed = new Float64Array(nodes + 1);
  const times = Float64Array.from(chebyshev, (x) => (years * (1 + x) * (1 + x)) / 4);
  for (let i = 1; i <= nodes; i++) {
    const guess = baroneAdesiWhaley({ ...market, kind: 'put', spot: strike, years: times[i] });
    const at = Math.min(guess?.boundary ?? limit, limit * 0.9999);
    transformed[i] = Math.log(at / limit) ** 2;
  }
  const boundary: ExerciseBoundary = { limit, transformed, years };
  const next = new Float64Array(nodes + 1);
  for (let turn = 0; turn < turns; turn++) {
    let change = 0;
    for (let i = 1; i <= nodes; i++) {
      const root = Math.sqrt(transformed[i]);
      const log = Math.min(0, nextLogBoundary(market, boundary, i, times[i], -root));
      change = Math.max(change, Math.abs(log + root));
      next[i] = log * log;
    }
    transformed.set(next);
    // At the boundary the price is stationary: an error of it enters squared.
    if (change < 1e-6) break;
  }
  return boundary;
}

/** One turn of the fixed-point equation at node i, on ln(B ÷ limit). */
function nextLogBoundary(
  { strike, rate, dividendYield, volatility }: PutMarket,
  { limit, transformed }: ExerciseBoundary,
  i: number,
  tau: number,
  at: number,
): number {
  const drift = rate - dividendYield;
  const half = (volatility * volatility) / 2;
  const deviation = volatility * Math.sqrt(tau);
  const log = at + Math.log(limit / strike);
  let top = normalCdf((log + (drift - half) * tau) / deviation);
  let bottom = normalCdf((log + (drift + half) * tau) / deviation);
  const weights = points[i] as readonly Float64Array[];
  for (let k = 0; k < inner.gap.length; k++) {
    const gap = tau * inner.gap[k];
    const u = tau * inner.left[k];
    const weight = tau * inner.weight[k];
    const spread = volatility * Math.sqrt(gap);
    let square = 0;
    for (let j = 0; j <= nodes; j++) square += weights[k][j] * transformed[j];
    const distance = at + Math.sqrt(Math.max(0, square));
    const minus = (distance + (drift - half) * gap) / spread;
    top += weight * rate * Math.exp(rate * u) * normalCdf(minus);
    if (dividendYield !== 0) {
      const plus = (distance + (drift + half) * gap) / spread;
      bottom += weight * dividendYield * Math.exp(dividendYield * u) * normalCdf(plus);
    }
  }
  return Math.log((strike * top) / (limit * bottom)) - drift * tau;
}
