import { betaTails } from './beta-distribution.ts';
import { stirlingError } from './gamma-function.ts';
import { invertTail } from './invert.ts';
import { normalCdf, normalQuantile } from './normal.ts';

const halfLogTau = 0.9189385332046728;

/** ln of Γ((ν + 1) ÷ 2) ÷ (Γ(ν ÷ 2) √(νπ)), which tends to −½ ln 2π. */
function logScale(dof: number): number {
  const half = dof / 2;
  return (
    stirlingError(half + 0.5) -
    stirlingError(half) +
    (half * Math.log1p(0.5 / half) - 0.5) -
    halfLogTau
  );
}

/**
 * Logarithm of the density of Student's t:
 * ln Γ((ν + 1) ÷ 2) − ln Γ(ν ÷ 2) − ½ ln(νπ) − (ν + 1) ÷ 2 × ln(1 + x² ÷ ν).
 *
 * @param x Any number; NaN gives NaN.
 * @param dof Degrees of freedom ν, above 0, ∞ for the normal; anything else gives NaN.
 */
export function studentTLogPdf(x: number, dof: number): number {
  if (!(dof > 0)) return Number.NaN;
  if (dof === Number.POSITIVE_INFINITY) return -halfLogTau - 0.5 * x * x;
  return logScale(dof) - 0.5 * (dof + 1) * Math.log1p((x / dof) * x);
}

/**
 * Density of Student's t with ν degrees of freedom.
 *
 * @param x Any number; NaN gives NaN.
 * @param dof Degrees of freedom ν, above 0, ∞ for the normal; anything else gives NaN.
 */
export const studentTPdf = (x: number, dof: number): number => Math.exp(studentTLogPdf(x, dof));

/** P(T < −t) for t ≥ 0. */
function tail(t: number, dof: number): number {
  if (dof === Number.POSITIVE_INFINITY) return normalCdf(-t);
  const ratio = (t / dof) * t;
  if (ratio > 1e150) return farTail(t, dof);
  return betaTails(dof / 2, 0.5, 1 / (1 + ratio), ratio / (1 + ratio)).lower / 2;
}

/** ½ I_z(ν ÷ 2, ½) for z → 0, by its first term, where t² overflows. */
const farTail = (t: number, dof: number): number =>
  Math.exp(logScale(dof) + ((dof - 1) / 2) * Math.log(dof) - dof * Math.log(t));

/** P(0 < T < t) for t ≥ 0, with its digits near 0. */
function middle(t: number, dof: number): number {
  if (dof === Number.POSITIVE_INFINITY) return normalCdf(t) - 0.5;
  const ratio = (t / dof) * t;
  return betaTails(0.5, dof / 2, ratio / (1 + ratio), 1 / (1 + ratio)).lower / 2;
}

/**
 * Distribution function of Student's t: half of I at ν ÷ (ν + x²) with shapes ν ÷ 2 and ½ for x < 0.
 *
 * @param x Any number; NaN gives NaN. For an upper tail ask `studentTCdf(−x)`.
 * @param dof Degrees of freedom ν, above 0, ∞ for the normal; anything else gives NaN.
 *
 * Cost and source: as `betaTails`.
 */
export function studentTCdf(x: number, dof: number): number {
  if (!(dof > 0) || Number.isNaN(x)) return Number.NaN;
  if (x === Number.NEGATIVE_INFINITY) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < 0 ? tail(-x, dof) : 1 - tail(x, dof);
}

/**
 * Quantile of Student's t: the x with `studentTCdf(x, ν)` = p.
 *
 * @param p Probability in [0, 1]; 0 and 1 give −∞ and ∞, anything outside NaN.
 * @param dof Degrees of freedom ν, above 0, ∞ for the normal; anything else gives NaN.
 *
 * Cost: a handful of evaluations of the distribution function. Source: Newton's method from the
 * expansion of Cornish and Fisher (1938) or, far out, from the power law of the tail.
 */
export function studentTQuantile(p: number, dof: number): number {
  if (!(p >= 0 && p <= 1 && dof > 0)) return Number.NaN;
  if (p === 0.5) return 0;
  if (p > 0.5) return positiveQuantile(p - 0.5, 1 - p, dof);
  return -positiveQuantile(0.5 - p, p, dof);
}

/** The t > 0 with `upper` of probability beyond it and `inner` between 0 and it. */
function positiveQuantile(inner: number, upper: number, dof: number): number {
  if (upper === 0) return Number.POSITIVE_INFINITY;
  if (dof === Number.POSITIVE_INFINITY) return -normalQuantile(upper);
  if (dof === 1) return upper < 0.25 ? 1 / Math.tan(Math.PI * upper) : Math.tan(Math.PI * inner);
  if (dof === 2) return inner * Math.sqrt(2 / (upper * (1 - upper)));
  const density = (t: number): number => studentTPdf(t, dof);
  if (inner < 0.25) {
    return invertTail((t) => middle(t, dof), true, density, inner, inner / studentTPdf(0, dof));
  }
  const normal = -normalQuantile(upper);
  const near = normal + (normal ** 3 + normal) / (4 * dof);
  const far = Math.exp((logScale(dof) + ((dof - 1) / 2) * Math.log(dof) - Math.log(upper)) / dof);
  const start = dof > 5 && upper > 1e-4 ? near : Math.max(far, 1e-3);
  return invertTail(
    (t) => tail(t, dof),
    false,
    density,
    upper,
    Number.isFinite(start) ? start : near,
  );
}
