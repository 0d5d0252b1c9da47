import { erfcx, normalCdf } from '@plimsoll/quant/distributions';

const rootHalf = Math.SQRT1_2;
const rootHalfPi = Math.sqrt(Math.PI / 2);
const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** Φ(z) ÷ φ(z). */
const inverseMills = (z: number): number => rootHalfPi * erfcx(-z * rootHalf);

/** Y(h + t) − Y(h − t) for small t, Y = Φ ÷ φ, by Taylor's series: Y⁽ⁿ⁺¹⁾ = h Y⁽ⁿ⁾ + n Y⁽ⁿ⁻¹⁾. */
function differenceBySeries(h: number, t: number): number {
  let before = inverseMills(h);
  let slope = 1 + h * before;
  let power = t;
  let sum = power * slope;
  for (let n = 1; n <= 9; n += 2) {
    const even = h * slope + n * before;
    const odd = h * even + (n + 1) * slope;
    before = even;
    slope = odd;
    power *= (t * t) / ((n + 1) * (n + 2));
    sum += power * odd;
  }
  return 2 * sum;
}

/** Y(h + t) − Y(h − t), Y = Φ ÷ φ, without losing digits where the two are near. */
const difference = (h: number, t: number): number =>
  t < 0.1 && h * t > -0.5 ? differenceBySeries(h, t) : inverseMills(h + t) - inverseMills(h - t);

/**
 * Black's formula without units, for an option out of the money:
 * b(x, s) = e^(x÷2) Φ(x÷s + s÷2) − e^(−x÷2) Φ(x÷s − s÷2).
 *
 * @param x −|ln(forward ÷ strike)|, at most 0.
 * @param s Volatility × √years, above 0.
 * @returns the undiscounted price ÷ √(forward × strike), in [0, e^(x÷2)]; relative error near
 *   1e-14, deep out of the money and for tiny s too.
 *
 * Cost: two scaled error functions and an exponential. Source: Jäckel, "Let's be rational" (2015).
 */
export function normalisedBlack(x: number, s: number): number {
  const h = x / s;
  const t = s / 2;
  if (h + t > 3) {
    return Math.exp(x / 2) * normalCdf(h + t) - Math.exp(-x / 2) * normalCdf(h - t);
  }
  // So far out that the density is 0 the quotients beside it have no size either.
  const density = Math.exp(-0.5 * (h * h + t * t) - halfLogTau);
  return density === 0 ? 0 : density * difference(h, t);
}

/** ln b(x, s), where b itself would underflow too. Parameters as of `normalisedBlack`. */
export function logNormalisedBlack(x: number, s: number): number {
  const h = x / s;
  const t = s / 2;
  if (h + t > 3) return Math.log(normalisedBlack(x, s));
  return -0.5 * (h * h + t * t) - halfLogTau + Math.log(difference(h, t));
}

/** How far b is below its limit: e^(x÷2) − b(x, s) = e^(x÷2) Φ(−h − t) + e^(−x÷2) Φ(h − t). */
export function normalisedBlackRest(x: number, s: number): number {
  const h = x / s;
  const t = s / 2;
  return Math.exp(x / 2) * normalCdf(-h - t) + Math.exp(-x / 2) * normalCdf(h - t);
}

/** ∂b ÷ ∂s = φ(h) e^(−t²÷2), as its logarithm. */
export function logNormalisedVega(x: number, s: number): number {
  const h = x / s;
  const t = s / 2;
  return -0.5 * (h * h + t * t) - halfLogTau;
}
