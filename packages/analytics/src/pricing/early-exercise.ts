import { normalCdf, normalPdf } from '@plimsoll/quant/distributions';
import { blackScholesPrice } from './black-scholes.ts';
import { type OptionMarket, signOf } from './option-contract.ts';

/** Whether waiting is never worse than exercise, so that the American price is the European. */
export function neverExercisedEarly({ kind, rate, dividendYield }: OptionMarket): boolean {
  const [gain, loss] = kind === 'put' ? [rate, dividendYield] : [dividendYield, rate];
  return gain <= 0 && loss >= gain;
}

/**
 * Whether exercise is best between two boundaries, not beyond one: both carries negative, the gain
 * of exercise the greater. One-boundary formulas do not hold there.
 */
export function hasTwoBoundaries({ kind, rate, dividendYield }: OptionMarket): boolean {
  const [gain, loss] = kind === 'put' ? [rate, dividendYield] : [dividendYield, rate];
  return gain <= 0 && loss < gain;
}

/** The American price without volatility: the best of the certain payments. */
export function certainAmerican(market: OptionMarket): number {
  const { kind, spot, strike, years, rate, dividendYield } = market;
  const sign = signOf(kind);
  const worth = (t: number): number =>
    sign * (spot * Math.exp(-dividendYield * t) - strike * Math.exp(-rate * t));
  const turning = Math.log((rate * strike) / (dividendYield * spot)) / (rate - dividendYield);
  const inside = turning > 0 && turning < years ? worth(turning) : 0;
  return Math.max(0, worth(0), worth(years), inside);
}

/** The quadratic approximation: V = European + A (S ÷ S*)^γ on the side where one waits. */
export interface QuadraticApproximation {
  readonly price: number;
  /** Spot beyond which exercise is best now. */
  readonly boundary: number;
}

/**
 * American price by the quadratic approximation of Barone-Adesi and Whaley: the early-exercise
 * premium is A (S ÷ S*)^γ with γ = [−(n − 1) ± √((n − 1)² + 4 m ÷ h)] ÷ 2, m = 2r ÷ σ²,
 * n = 2(r − q) ÷ σ², h = 1 − e^(−rT), and the boundary S* where value and slope meet exercise.
 *
 * Errors are of the order of a cent for a strike of 100, larger beyond a few years.
 *
 * @returns null where exercise has two boundaries or the boundary cannot be found.
 *
 * Cost: about six evaluations of the European price. Source: Barone-Adesi and Whaley, "Efficient
 * analytic approximation of American option values" (1987).
 */
export function baroneAdesiWhaley(market: OptionMarket): QuadraticApproximation | null {
  const { kind, spot, strike, years, rate, dividendYield, volatility } = market;
  const sign = signOf(kind);
  if (hasTwoBoundaries(market)) return null;
  const european = blackScholesPrice(market);
  if (neverExercisedEarly(market)) {
    return { price: european, boundary: sign > 0 ? Number.POSITIVE_INFINITY : 0 };
  }
  const variance = volatility * volatility;
  const n = (2 * (rate - dividendYield)) / variance;
  // m ÷ h, whose limit for r → 0 is 2 ÷ (σ²T).
  const discountShare = rate === 0 ? years : -Math.expm1(-rate * years) / rate;
  const root = Math.sqrt((n - 1) * (n - 1) + 8 / (variance * discountShare));
  const gamma = (-(n - 1) + sign * root) / 2;
  const boundary = quadraticBoundary(market, gamma, n, root);
  if (boundary === null) return null;
  if (sign * (spot - boundary) >= 0) return { price: sign * (spot - strike), boundary };
  const slope = boundarySlope(market, boundary);
  const premium = (sign * boundary * (1 - slope)) / gamma;
  const price = Math.max(european + premium * (spot / boundary) ** gamma, sign * (spot - strike));
  return Number.isFinite(price) ? { price, boundary } : null;
}

/** e^(−qT) Φ(±d₁) at the boundary. */
function boundarySlope(market: OptionMarket, boundary: number): number {
  const { years, rate, dividendYield, volatility, strike } = market;
  const deviation = volatility * Math.sqrt(years);
  const d1 =
    (Math.log(boundary / strike) + (rate - dividendYield) * years) / deviation + deviation / 2;
  return Math.exp(-dividendYield * years) * normalCdf(signOf(market.kind) * d1);
}

/** Newton's method on S* − K = V(S*) + (1 − slope) S* ÷ γ, from the guess of the two authors. */
function quadraticBoundary(
  market: OptionMarket,
  gamma: number,
  n: number,
  root: number,
): number | null {
  const { strike, years, rate, dividendYield, volatility } = market;
  const sign = signOf(market.kind);
  const deviation = volatility * Math.sqrt(years);
  const growth = Math.exp(-dividendYield * years);
  const perpetual = (-(n - 1) + sign * Math.sqrt((n - 1) ** 2 + (8 * rate) / volatility ** 2)) / 2;
  const far = rate > 0 ? strike / (1 - 1 / perpetual) : sign > 0 ? strike * 10 : strike / 10;
  const pull = ((rate - dividendYield) * years + sign * 2 * deviation) * (strike / (far - strike));
  const weight = Math.exp(-Math.abs(pull));
  let at = Number.isFinite(far) && root > 0 ? far + (strike - far) * weight : strike;
  for (let i = 0; i < 100; i++) {
    const d1 = (Math.log(at / strike) + (rate - dividendYield) * years) / deviation + deviation / 2;
    const slope = growth * normalCdf(sign * d1);
    const value = blackScholesPrice({ ...market, spot: at });
    const error = sign * (at - strike) - value - (sign * at * (1 - slope)) / gamma;
    const change =
      sign * (1 - slope) * (1 - 1 / gamma) + (growth * normalPdf(d1)) / (gamma * deviation);
    const next = at - error / change;
    if (!Number.isFinite(next)) return null;
    if (Math.abs(next - at) <= 1e-12 * strike) return next;
    at = next > 0 ? next : at / 2;
  }
  return null;
}
