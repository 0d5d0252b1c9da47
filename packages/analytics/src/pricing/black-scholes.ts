import { normalCdf, normalPdf } from '@plimsoll/quant/distributions';
import { normalisedBlack } from './normalised-black.ts';
import { type OptionMarket, signOf } from './option-contract.ts';

/** How a price changes with what it depends on. Null where no slope exists. */
export interface Greeks {
  /** ∂V ÷ ∂S: units of the underlying. */
  readonly delta: number | null;
  /** ∂²V ÷ ∂S². */
  readonly gamma: number | null;
  /** ∂V ÷ ∂σ, for a volatility that is higher by 1 (100 points). */
  readonly vega: number | null;
  /** ∂V ÷ ∂t, a year of calendar time. */
  readonly theta: number | null;
  /** ∂V ÷ ∂r, for a rate that is higher by 1. */
  readonly rho: number | null;
  /** ∂V ÷ ∂q, for a yield that is higher by 1. */
  readonly dividendRho: number | null;
  /** ∂²V ÷ ∂S∂σ. */
  readonly vanna: number | null;
  /** ∂²V ÷ ∂σ². */
  readonly volga: number | null;
  /** ∂²V ÷ ∂S∂t, a year of calendar time. */
  readonly charm: number | null;
  /** ∂³V ÷ ∂S³. */
  readonly speed: number | null;
  /** ∂³V ÷ ∂S²∂σ. */
  readonly zomma: number | null;
  /** ∂³V ÷ ∂S²∂t, a year of calendar time. */
  readonly color: number | null;
  /** ∂V ÷ ∂K. */
  readonly dualDelta: number | null;
}

/** A price with its slopes. */
export interface OptionValue extends Greeks {
  readonly price: number;
  /** Chance, under the pricing measure, that it ends in the money. */
  readonly inTheMoney: number | null;
}

/** Present value of Black's formula: parity gives what is in the money from what is out of it. */
function blackPrice(
  sign: 1 | -1,
  forward: number,
  strike: number,
  deviation: number,
  discount: number,
): number {
  const intrinsic = Math.max(0, sign * (forward - strike));
  if (!(deviation > 0)) return discount * intrinsic;
  const x = -Math.abs(Math.log(forward / strike));
  return (
    discount * (intrinsic + Math.sqrt(forward) * Math.sqrt(strike) * normalisedBlack(x, deviation))
  );
}

/**
 * Price of a European option after Black, Scholes and Merton:
 * V = ±[S e^(−qT) Φ(±d₁) − K e^(−rT) Φ(±d₂)],
 * d₁ = [ln(S ÷ K) + (r − q + σ² ÷ 2) T] ÷ (σ√T), d₂ = d₁ − σ√T.
 *
 * Computed from the side that is out of the money, so a price of 1e-200 keeps its digits. Without
 * time or volatility it is the discounted value at the forward.
 *
 * @returns a price in the unit of the spot, never negative.
 *
 * Cost: two scaled error functions. Source: Merton, "Theory of rational option pricing" (1973).
 */
export function blackScholesPrice(market: OptionMarket): number {
  const { kind, spot, strike, years, rate, dividendYield, volatility } = market;
  const forward = spot * Math.exp((rate - dividendYield) * years);
  const discount = Math.exp(-rate * years);
  return blackPrice(signOf(kind), forward, strike, volatility * Math.sqrt(years), discount);
}

/**
 * Price and Greeks of a European option after Black, Scholes and Merton; the formula is that of
 * `blackScholesPrice`, its derivatives in closed form.
 *
 * @returns Greeks per unit of the underlying, per year and per 1.00 of volatility or rate, none
 *   scaled. At expiry, or without volatility, those of the discounted value at the forward; exactly
 *   at the money then, where no slope exists, null.
 *
 * Cost: about four scaled error functions. Source: Merton, "Theory of rational option pricing"
 * (1973); Haug, The Complete Guide to Option Pricing Formulas, 2nd ed. (2007), §2.
 */
export function blackScholes(market: OptionMarket): OptionValue {
  const { kind, spot, strike, years, rate, dividendYield: yieldRate, volatility } = market;
  const deviation = volatility * Math.sqrt(years);
  const price = blackScholesPrice(market);
  if (!(deviation > 0)) return atForward(market, price);
  const sign = signOf(kind);
  const carry = (rate - yieldRate) * years;
  const d1 = (Math.log(spot / strike) + carry) / deviation + deviation / 2;
  const d2 = d1 - deviation;
  const growth = Math.exp(-yieldRate * years);
  const discount = Math.exp(-rate * years);
  const density = growth * normalPdf(d1);
  // Time so short that the underlying cannot reach the strike: powers of it would be beyond numbers.
  if (density === 0 && deviation < 1e-90) return atForward(market, price);
  const first = growth * normalCdf(sign * d1);
  const second = discount * normalCdf(sign * d2);
  const gamma = density / (spot * deviation);
  const vega = spot * density * Math.sqrt(years);
  const drift = (2 * carry - d2 * deviation) / (2 * years * deviation);
  return {
    price,
    delta: sign * first,
    gamma,
    vega,
    theta:
      (-spot * density * volatility) / (2 * Math.sqrt(years)) +
      sign * (yieldRate * spot * first - rate * strike * second),
    rho: sign * years * strike * second,
    dividendRho: -sign * years * spot * first,
    vanna: (-density * d2) / volatility,
    volga: (vega * d1 * d2) / volatility,
    charm: sign * yieldRate * first - density * drift,
    speed: (-gamma / spot) * (d1 / deviation + 1),
    zomma: (gamma * (d1 * d2 - 1)) / volatility,
    color: gamma * (yieldRate + d1 * drift + 1 / (2 * years)),
    dualDelta: -sign * second,
    inTheMoney: normalCdf(sign * d2),
  };
}

/** The limit without time or volatility: the discounted value at the forward. */
function atForward(market: OptionMarket, price: number): OptionValue {
  const { kind, spot, strike, years, rate, dividendYield: yieldRate } = market;
  const sign = signOf(kind);
  const growth = Math.exp(-yieldRate * years);
  const discount = Math.exp(-rate * years);
  const ahead = sign * (spot * growth - strike * discount);
  if (ahead === 0) {
    return { price, inTheMoney: null, ...noSlopes };
  }
  const held = ahead > 0 ? sign : 0;
  return {
    price,
    delta: held * growth,
    gamma: 0,
    vega: 0,
    theta: held * (yieldRate * spot * growth - rate * strike * discount),
    rho: held * years * strike * discount,
    dividendRho: -held * years * spot * growth,
    vanna: 0,
    volga: 0,
    charm: held * yieldRate * growth,
    speed: 0,
    zomma: 0,
    color: 0,
    dualDelta: -held * discount,
    inTheMoney: ahead > 0 ? 1 : 0,
  };
}

const noSlopes: Greeks = {
  delta: null,
  gamma: null,
  vega: null,
  theta: null,
  rho: null,
  dividendRho: null,
  vanna: null,
  volga: null,
  charm: null,
  speed: null,
  zomma: null,
  color: null,
  dualDelta: null,
};
