import { normalCdf } from '@plimsoll/quant/distributions';
import { blackScholesPrice } from './black-scholes.ts';
import { type OptionMarket, signOf } from './option-contract.ts';

export interface BarrierOption extends OptionMarket {
  /** Where the barrier lies from the spot at the start. */
  readonly direction: 'down' | 'up';
  /** `out` ends the option when the barrier is touched, `in` starts it. */
  readonly knock: 'in' | 'out';
  /** Above 0, watched at every instant. */
  readonly barrier: number;
  /** Paid when an `out` is ended, at that moment, or at expiry when an `in` never started. */
  readonly rebate?: number;
}

/**
 * Price of a European option with one barrier that is watched continuously.
 *
 * Sums of the six parts A … F of Reiner and Rubinstein with μ = (r − q − σ² ÷ 2) ÷ σ²,
 * λ = √(μ² + 2r ÷ σ²), mirrored at the barrier by (H ÷ S)^(2μ).
 *
 * @returns a price in the unit of the spot. A barrier that is touched already gives the plain option
 *   (`in`) or the rebate (`out`); null where μ² + 2r ÷ σ² is negative and a rebate is due at the
 *   barrier.
 *
 * Cost: about ten error functions. Source: Reiner and Rubinstein, "Breaking down the barriers"
 * (1991); Haug, The Complete Guide to Option Pricing Formulas, 2nd ed. (2007), §4.17.1.
 */
export function barrierOption(option: BarrierOption): number | null {
  const { spot, barrier, direction, knock, rebate = 0, years, volatility } = option;
  const touched = direction === 'down' ? spot <= barrier : spot >= barrier;
  if (touched) return knock === 'in' ? blackScholesPrice(option) : rebate;
  if (!(years > 0 && volatility > 0)) return untouched(option);
  const parts = barrierParts(option);
  if (rebate !== 0 && knock === 'out' && Number.isNaN(parts.atTouch)) return null;
  const paid = rebate === 0 ? 0 : knock === 'in' ? parts.atExpiry : parts.atTouch;
  const started = knockedIn(option, parts);
  return Math.max(0, knock === 'in' ? started : parts.a - started) + paid;
}

/** What the option is worth that a touch starts: by kind, direction, and side of the strike. */
function knockedIn(
  { kind, direction, strike, barrier }: BarrierOption,
  parts: BarrierParts,
): number {
  const { a, b, c, d } = parts;
  const beyond = direction === 'down' ? strike > barrier : strike < barrier;
  if ((kind === 'call') === (direction === 'down')) return beyond ? c : a - b + d;
  return beyond ? b - c + d : a;
}

/** Without chance: whether the certain path to expiry meets the barrier. */
function untouched(option: BarrierOption): number {
  const { spot, barrier, direction, knock, rebate = 0, years, rate, dividendYield } = option;
  const end = spot * Math.exp((rate - dividendYield) * years);
  const meets = direction === 'down' ? end <= barrier : end >= barrier;
  const plain = blackScholesPrice(option);
  if (knock === 'in') return meets ? plain : rebate * Math.exp(-rate * years);
  if (!meets) return plain;
  const touch = Math.log(barrier / spot) / (rate - dividendYield);
  return rebate * Math.exp(-rate * touch);
}

interface BarrierParts {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly atExpiry: number;
  readonly atTouch: number;
}

function barrierParts(option: BarrierOption): BarrierParts {
  const { kind, spot, strike, years, rate, dividendYield, volatility, barrier, direction } = option;
  const { rebate = 0 } = option;
  const phi = signOf(kind);
  const eta = direction === 'down' ? 1 : -1;
  const deviation = volatility * Math.sqrt(years);
  const variance = volatility * volatility;
  const mu = (rate - dividendYield - variance / 2) / variance;
  const lambda = Math.sqrt(mu * mu + (2 * rate) / variance);
  const growth = spot * Math.exp(-dividendYield * years);
  const discount = Math.exp(-rate * years);
  const mirror = barrier / spot;
  const shift = (1 + mu) * deviation;
  const x2 = Math.log(spot / barrier) / deviation + shift;
  const y2 = Math.log(mirror) / deviation + shift;
  const plain = (x: number): number =>
    phi * (growth * normalCdf(phi * x) - strike * discount * normalCdf(phi * (x - deviation)));
  const mirrored = (y: number): number =>
    phi *
    (growth * mirror ** (2 * (mu + 1)) * normalCdf(eta * y) -
      strike * discount * mirror ** (2 * mu) * normalCdf(eta * (y - deviation)));
  const z = Math.log(mirror) / deviation + lambda * deviation;
  return {
    a: plain(Math.log(spot / strike) / deviation + shift),
    b: plain(x2),
    c: mirrored(Math.log((barrier * mirror) / strike) / deviation + shift),
    d: mirrored(y2),
    atExpiry:
      rebate *
      discount *
      (normalCdf(eta * (x2 - deviation)) - mirror ** (2 * mu) * normalCdf(eta * (y2 - deviation))),
    atTouch:
      rebate *
      (mirror ** (mu + lambda) * normalCdf(eta * z) +
        mirror ** (mu - lambda) * normalCdf(eta * (z - 2 * lambda * deviation))),
  };
}
