import { normalCdf } from '@plimsoll/quant/distributions';
import { type OptionMarket, signOf } from './option-contract.ts';

/**
 * Price of an option that pays one unit of cash, or one unit of the underlying, where it ends in the
 * money: e^(−rT) Φ(±d₂), or S e^(−qT) Φ(±d₁), with d₁ and d₂ as of `blackScholesPrice`.
 *
 * @param pays `cash` for one unit of money, `asset` for the underlying itself.
 * @returns a price. Without time or volatility the payment is certain or not at all; exactly at the
 *   money then it counts as half.
 *
 * Cost: one error function. Source: Reiner and Rubinstein, "Unscrambling the binary code" (1991).
 */
export function digitalOption(market: OptionMarket, pays: 'cash' | 'asset'): number {
  const { kind, spot, strike, years, rate, dividendYield, volatility } = market;
  const sign = signOf(kind);
  const deviation = volatility * Math.sqrt(years);
  const ahead = Math.log(spot / strike) + (rate - dividendYield) * years;
  const lift = pays === 'asset' ? deviation / 2 : -deviation / 2;
  const chance =
    deviation > 0
      ? normalCdf(sign * (ahead / deviation + lift))
      : (1 + Math.sign(sign * ahead)) / 2;
  const unit = pays === 'cash' ? Math.exp(-rate * years) : spot * Math.exp(-dividendYield * years);
  return unit * chance;
}
