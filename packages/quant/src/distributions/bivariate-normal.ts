import { gaussLegendre } from './gauss-legendre.ts';
import { normalCdf } from './normal.ts';

const tau = 2 * Math.PI;

const rules = [gaussLegendre(6), gaussLegendre(12), gaussLegendre(20)] as const;

/** P(X > h, Y > k). */
function upperOrthant(h: number, kGiven: number, rho: number): number {
  const size = Math.abs(rho);
  const { x, weight } = size < 0.3 ? rules[0] : size < 0.75 ? rules[1] : rules[2];
  let k = kGiven;
  let hk = h * k;
  let sum = 0;
  if (size < 0.925) {
    const hs = (h * h + k * k) / 2;
    const angle = Math.asin(rho);
    for (let i = 0; i < x.length; i++) {
      for (const side of [-1, 1]) {
        const sine = Math.sin((angle * (side * x[i] + 1)) / 2);
        sum += weight[i] * Math.exp((sine * hk - hs) / (1 - sine * sine));
      }
    }
    return (sum * angle) / (2 * tau) + normalCdf(-h) * normalCdf(-k);
  }
  if (rho < 0) {
    k = -k;
    hk = -hk;
  }
  if (size < 1) sum = nearOne(h, k, hk, rho, x, weight);
  if (rho > 0) return sum + normalCdf(-Math.max(h, k));
  const rest = k > h ? (h < 0 ? normalCdf(k) - normalCdf(h) : normalCdf(-h) - normalCdf(-k)) : 0;
  return Math.max(0, rest - sum);
}

/** What |ρ| < 1 takes from the case of |ρ| = 1, by an expansion with its rest integrated. */
function nearOne(
  h: number,
  k: number,
  hk: number,
  rho: number,
  x: Float64Array,
  weight: Float64Array,
): number {
  const as = (1 - rho) * (1 + rho);
  let a = Math.sqrt(as);
  const bs = (h - k) * (h - k);
  const c = (4 - hk) / 8;
  const d = (12 - hk) / 16;
  let sum = 0;
  const first = -(bs / as + hk) / 2;
  if (first > -100) {
    sum =
      a * Math.exp(first) * (1 - (c * (bs - as) * (1 - (d * bs) / 5)) / 3 + (c * d * as * as) / 5);
  }
  if (-hk < 100) {
    const b = Math.sqrt(bs);
    sum -=
      Math.exp(-hk / 2) *
      Math.sqrt(tau) *
      normalCdf(-b / a) *
      b *
      (1 - (c * bs * (1 - (d * bs) / 5)) / 3);
  }
  a /= 2;
  for (let i = 0; i < x.length; i++) {
    for (const side of [-1, 1]) {
      const root = a * (side * x[i] + 1);
      const xs = root * root;
      const rs = Math.sqrt(1 - xs);
      const exponent = -(bs / xs + hk) / 2;
      if (exponent > -100) {
        sum +=
          a *
          weight[i] *
          Math.exp(exponent) *
          (Math.exp((-hk * (1 - rs)) / (2 * (1 + rs))) / rs - (1 + c * xs * (1 + d * xs)));
      }
    }
  }
  return -sum / tau;
}

/**
 * Distribution function of two standard normals with correlation ρ: P(X ≤ x, Y ≤ y).
 *
 * @param x In standard deviations; NaN gives NaN.
 * @param y In standard deviations; NaN gives NaN.
 * @param rho Correlation in [−1, 1]; anything else gives NaN.
 * @returns a probability, absolute error near 1e-15.
 *
 * Cost: at most 20 exponentials. Source: Genz, "Numerical computation of rectangular bivariate and
 * trivariate normal and t probabilities" (2004), after Drezner and Wesolowsky (1990).
 */
export function bivariateNormalCdf(x: number, y: number, rho: number): number {
  if (!(rho >= -1 && rho <= 1) || Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === Number.NEGATIVE_INFINITY || y === Number.NEGATIVE_INFINITY) return 0;
  if (x === Number.POSITIVE_INFINITY) return normalCdf(y);
  if (y === Number.POSITIVE_INFINITY) return normalCdf(x);
  return Math.min(1, Math.max(0, upperOrthant(-x, -y, rho)));
}
