import { blackScholes, type Greeks } from './black-scholes.ts';
import type { OptionKind } from './option-contract.ts';

/** An option on a forward or future. */
export interface ForwardOption {
  readonly kind: OptionKind;
  /** Forward or futures price, above 0 for Black's model. */
  readonly forward: number;
  readonly strike: number;
  /** Time to expiry and to payment, at least 0. */
  readonly years: number;
  /** Continuously compounded, a year. */
  readonly rate: number;
  /** A year, at least 0: of the log return (Black), or in units of the forward (Bachelier). */
  readonly volatility: number;
}

/** Price and Greeks of an option on a forward; delta and gamma are with respect to the forward. */
export interface ForwardOptionValue extends Omit<Greeks, 'dividendRho'> {
  readonly price: number;
  readonly inTheMoney: number | null;
}

/**
 * Price and Greeks of a European option on a forward after Black (1976):
 * V = ±e^(−rT) [F Φ(±d₁) − K Φ(±d₂)], d₁ = [ln(F ÷ K) + σ²T ÷ 2] ÷ (σ√T), d₂ = d₁ − σ√T.
 *
 * @returns Greeks with the forward held fixed, so rho is −T × price; conventions as of
 *   `blackScholes`.
 *
 * Cost: as `blackScholes`. Source: Black, "The pricing of commodity contracts" (1976).
 */
export function black76(option: ForwardOption): ForwardOptionValue {
  const { forward, rate, years } = option;
  const { dividendRho, rho, ...value } = blackScholes({
    ...option,
    spot: forward,
    dividendYield: rate,
  });
  const none = rho === null || dividendRho === null;
  return { ...value, rho: none ? null : -years * value.price };
}
