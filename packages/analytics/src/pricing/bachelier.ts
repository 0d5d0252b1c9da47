import { normalCdf, normalPdf } from '@plimsoll/quant/distributions';
import type { ForwardOption } from './black-76.ts';
import { signOf } from './option-contract.ts';

/** Price and Greeks in the normal model; null where no slope exists. */
export interface BachelierValue {
  readonly price: number;
  /** ∂V ÷ ∂F. */
  readonly delta: number | null;
  readonly gamma: number | null;
  /** ∂V ÷ ∂σ, for a volatility that is higher by one unit of the forward. */
  readonly vega: number | null;
  /** ∂V ÷ ∂t, a year of calendar time, the forward held fixed. */
  readonly theta: number | null;
  readonly rho: number | null;
  readonly inTheMoney: number | null;
}

/**
 * Price and Greeks of a European option on a forward that moves by normal amounts, and may be
 * negative: V = e^(−rT) [±(F − K) Φ(±d) + σ√T φ(d)], d = (F − K) ÷ (σ√T).
 *
 * @param option `volatility` is in units of the forward a year; forward and strike have any sign.
 * @returns conventions as of `blackScholes`.
 *
 * Cost: one error function and an exponential. Source: Bachelier, Théorie de la spéculation (1900).
 */
export function bachelier(option: ForwardOption): BachelierValue {
  const { kind, forward, strike, years, rate, volatility } = option;
  const sign = signOf(kind);
  const discount = Math.exp(-rate * years);
  const deviation = volatility * Math.sqrt(years);
  const moneyness = sign * (forward - strike);
  if (!(deviation > 0)) return certain(option, moneyness, discount);
  const d = moneyness / deviation;
  const chance = normalCdf(d);
  const density = normalPdf(d);
  if (density === 0 && deviation < 1e-90 * Math.abs(moneyness)) {
    return certain(option, moneyness, discount);
  }
  const price = discount * (Math.max(0, moneyness) + deviation * normalLoss(Math.abs(d)));
  return {
    price,
    delta: sign * discount * chance,
    gamma: (discount * density) / deviation,
    vega: discount * Math.sqrt(years) * density,
    theta: rate * price - (discount * density * volatility) / (2 * Math.sqrt(years)),
    rho: -years * price,
    inTheMoney: chance,
  };
}

/** Without time or volatility: the discounted value at the forward, with slopes but at the money. */
function certain(option: ForwardOption, moneyness: number, discount: number): BachelierValue {
  const price = discount * Math.max(0, moneyness);
  if (moneyness === 0) {
    const none = { delta: null, gamma: null, vega: null, theta: null, rho: null };
    return { price, ...none, inTheMoney: null };
  }
  const held = moneyness > 0 ? 1 : 0;
  return {
    price,
    delta: held * signOf(option.kind) * discount,
    gamma: 0,
    vega: 0,
    theta: option.rate * price,
    rho: -option.years * price,
    inTheMoney: held,
  };
}

/**
 * Expected excess of a standard normal over z ≥ 0: φ(z) − z Φ(−z), with its digits far out, where
 * the two terms cancel and a continued fraction takes their place.
 */
export function normalLoss(z: number): number {
  if (z < 5) return normalPdf(z) - z * normalCdf(-z);
  // Repeated integrals of the error function: i¹erfc ÷ i⁰erfc by backward recurrence (Gautschi 1961).
  let ratio = 0;
  for (let n = 60; n >= 1; n--) ratio = n / (z + ratio);
  const mills = 1 / (z + ratio);
  return normalPdf(z) * mills * ratio;
}
