import { normalPdf, normalQuantile } from '@plimsoll/quant/distributions';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';
import { normalLoss } from './bachelier.ts';
import {
  logNormalisedBlack,
  logNormalisedVega,
  normalisedBlack,
  normalisedBlackRest,
} from './normalised-black.ts';
import { type OptionKind, type OptionMarket, signOf } from './option-contract.ts';

/** An option with a price and no volatility. */
export interface PricedOption extends Omit<OptionMarket, 'volatility'> {
  /** In the unit of the spot. */
  readonly price: number;
}

const rounding = 8 * Number.EPSILON;
const same = 'the price is what it is worth without any volatility, so no volatility shows in it';

/**
 * Volatility at which the Black–Scholes–Merton price is the given one.
 *
 * Works on the side that is out of the money and on the logarithm of its price, so that prices of
 * 1e-100 of the spot, and prices next to the spot itself, give their volatility to 1e-10 and better
 * where the price has the digits.
 *
 * @returns a volatility a year; null with the reason where the price is outside what arbitrage
 *   allows, or the option has no time left.
 *
 * Cost: about five evaluations of Black's formula. Source: Jäckel, "Let's be rational" (2015), of
 * which this keeps the normalised price and the split at the inflection, with Newton's method on
 * transformed prices instead of his rational guesses.
 */
export function impliedVolatility(option: PricedOption): Estimate {
  const { kind, price, spot, strike, years, rate, dividendYield } = option;
  if (!(years > 0)) return unknown('at expiry the price does not depend on volatility');
  const forward = spot * Math.exp((rate - dividendYield) * years);
  const undiscounted = price * Math.exp(rate * years);
  const outside = outsideBounds(kind, undiscounted, forward, strike);
  if (outside) return unknown(outside);
  const intrinsic = Math.max(0, signOf(kind) * (forward - strike));
  const timeValue = undiscounted - intrinsic;
  if (timeValue <= rounding * intrinsic) {
    return timeValue === 0 ? { value: 0 } : unknown(same);
  }
  const x = -Math.abs(Math.log(forward / strike));
  const scaled = timeValue / (Math.sqrt(forward) * Math.sqrt(strike));
  const deviation = normalisedDeviation(x, scaled);
  return estimate(deviation / Math.sqrt(years), 'the price leaves the volatility without bound');
}

function outsideBounds(
  kind: OptionKind,
  price: number,
  forward: number,
  strike: number,
): string | undefined {
  const intrinsic = Math.max(0, signOf(kind) * (forward - strike));
  if (!Number.isFinite(price) || price < intrinsic - rounding * Math.max(forward, strike)) {
    return `the price is below ${intrinsic}, the least that arbitrage allows at the forward`;
  }
  const most = kind === 'call' ? forward : strike;
  if (price >= most) {
    return `the price is not below ${most}, the most that arbitrage allows at the forward`;
  }
  return undefined;
}

/** The s > 0 with b(x, s) = β, for 0 < β < e^(x÷2). */
function normalisedDeviation(x: number, beta: number): number {
  const inflection = Math.sqrt(-2 * x);
  const atInflection = inflection > 0 ? normalisedBlack(x, inflection) : 0;
  return beta < atInflection
    ? belowInflection(x, beta, inflection)
    : aboveInflection(x, beta, inflection);
}

/** Newton's method on (−ln b)^(−½), which is nearly a straight line in s. */
function belowInflection(x: number, beta: number, inflection: number): number {
  const depth = -Math.log(beta);
  const target = 1 / Math.sqrt(depth);
  let low = 0;
  let high = inflection;
  let s = Math.min(inflection, firstBelow(x, depth));
  for (let i = 0; i < 100; i++) {
    const log = logNormalisedBlack(x, s);
    const here = 1 / Math.sqrt(-log);
    if (here > target) high = s;
    else low = s;
    const slope = 0.5 * here ** 3 * Math.exp(logNormalisedVega(x, s) - log);
    const next = s + (target - here) / slope;
    if (Math.abs(next - s) <= 2e-16 * s) return next;
    s = next > low && next < high ? next : (low + high) / 2;
    if (high - low <= 2e-16 * high) return s;
  }
  return s;
}

/** Two turns of ln b ≈ −x² ÷ 2s² − s² ÷ 8 + ln(s³ ÷ (x² √2π)), its far tail. */
function firstBelow(x: number, depth: number): number {
  let s = -x / Math.sqrt(2 * depth);
  for (let i = 0; i < 2; i++) {
    const rest = depth - (s * s) / 8 + Math.log((s * s * s) / (x * x + s * s)) - 0.918938533204673;
    if (!(rest > 0.1)) return s;
    s = -x / Math.sqrt(2 * rest);
  }
  return s;
}

/** Newton's method on b, or on the logarithm of what b lacks of its limit. */
function aboveInflection(x: number, beta: number, inflection: number): number {
  const limit = Math.exp(x / 2);
  const rest = limit - beta;
  const share = rest / (limit + 1 / limit);
  let s = Math.max(inflection, beta < 0.1 * limit ? beta * 2.5066 : -2 * normalQuantile(share));
  const nearLimit = rest < 0.5 * limit;
  let low = inflection;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 100; i++) {
    const vega = Math.exp(logNormalisedVega(x, s));
    let step: number;
    if (nearLimit) {
      const here = normalisedBlackRest(x, s);
      step = (Math.log(here / rest) * here) / vega;
    } else step = (beta - normalisedBlack(x, s)) / vega;
    if (step < 0) high = s;
    else low = s;
    const next = s + step;
    if (Math.abs(step) <= 2e-16 * s) return next;
    if (next > low && next < high) s = next;
    else if (high === Number.POSITIVE_INFINITY) s = 2 * low + 1;
    else s = (low + high) / 2;
    if (high - low <= 2e-16 * low) return s;
  }
  return s;
}

/** An option on a forward with a price and no volatility. */
export interface PricedForwardOption {
  readonly kind: OptionKind;
  /** Any sign. */
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly rate: number;
  readonly price: number;
}

/**
 * Volatility, in units of the forward a year, at which Bachelier's price is the given one.
 *
 * @returns null with the reason where the price is below the discounted value at the forward, or
 *   the option has no time left.
 *
 * Cost: about five error functions. Source: the equation of `bachelier`, time value ÷ |F − K| as a
 * function of the distance in deviations, by Newton's method on the logarithms of both.
 */
export function impliedNormalVolatility(option: PricedForwardOption): Estimate {
  const { kind, price, forward, strike, years, rate } = option;
  if (!(years > 0)) return unknown('at expiry the price does not depend on volatility');
  const undiscounted = price * Math.exp(rate * years);
  const distance = Math.abs(forward - strike);
  const intrinsic = Math.max(0, signOf(kind) * (forward - strike));
  const timeValue = undiscounted - intrinsic;
  if (!Number.isFinite(timeValue) || timeValue < -rounding * distance) {
    return unknown(
      `the price is below ${intrinsic}, the least that arbitrage allows at the forward`,
    );
  }
  if (timeValue <= rounding * intrinsic) {
    return timeValue === 0 ? { value: 0 } : unknown(same);
  }
  const root = Math.sqrt(years);
  if (distance <= 1e-17 * timeValue) {
    return estimate((timeValue * Math.sqrt(2 * Math.PI)) / root, 'the price is too large');
  }
  const z = distanceInDeviations(timeValue / distance);
  return estimate(distance / (z * root), 'the price leaves the volatility without bound');
}

/** The z > 0 with loss(z) ÷ z = ratio, loss(z) = φ(z) − z Φ(−z). */
function distanceInDeviations(ratio: number): number {
  const target = Math.log(ratio);
  let low = -745;
  let high = 5;
  let u = ratio > 0.1 ? Math.log(0.3989 / (ratio + 0.5)) : Math.log(Math.sqrt(1 - 2 * target) - 1);
  for (let i = 0; i < 100; i++) {
    const z = Math.exp(u);
    const loss = normalLoss(z);
    const error = Math.log(loss / z) - target;
    if (error > 0) low = u;
    else high = u;
    // d ln(loss ÷ z) ÷ d ln z = −z Φ(−z) ÷ loss − 1 = −φ(z) ÷ loss.
    const step = (error * loss) / normalPdf(z);
    if (Math.abs(step) <= 1e-15) return Math.exp(u + step);
    const next = u + step;
    u = next > low && next < high ? next : (low + high) / 2;
    if (high - low <= 1e-15) break;
  }
  return Math.exp(u);
}
