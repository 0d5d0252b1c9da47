/** How interest is counted over the time of a forward. */
export type ForwardInterest = 'continuous' | 'simple' | 'annual';

/** What 1 grows to. */
const grown = (rate: number, years: number, interest: ForwardInterest): number => {
  if (interest === 'continuous') return Math.exp(rate * years);
  return interest === 'simple' ? 1 + rate * years : (1 + rate) ** years;
};

/**
 * Forward rate of exchange by covered interest parity: F = S × growth at home ÷ growth abroad,
 * growth e^(rT), 1 + rT or (1 + r)^T.
 *
 * @param spot Units of home currency for one of the foreign.
 * @param home Interest a year on the home currency.
 * @param foreign Interest a year on the foreign currency.
 * @returns the forward in the unit of the spot; their difference is the forward points.
 *
 * Source: Keynes, A Tract on Monetary Reform (1923), §3; Hull, Options, Futures, and Other
 * Derivatives, 9th ed. (2014), §5.10.
 */
export const fxForward = (
  spot: number,
  home: number,
  foreign: number,
  years: number,
  interest: ForwardInterest,
): number => (spot * grown(home, years, interest)) / grown(foreign, years, interest);

/** The return of a foreign holding in the base currency, and what it is made of. */
export interface FxReturn {
  /** (1 + local) (1 + fx) − 1. */
  readonly base: number;
  readonly local: number;
  /** Rate at the end ÷ rate at the start − 1. */
  readonly fx: number;
  /** local × fx: base is the sum of the three. */
  readonly cross: number;
}

/**
 * Splits the return of a foreign holding into what the market did and what the currency did.
 *
 * @param local Return in the holding's own currency.
 * @param start Base currency for one of the local at the start, above 0.
 * @param end The same at the end, above 0.
 */
export function fxReturn(local: number, start: number, end: number): FxReturn {
  const fx = end / start - 1;
  return { base: (1 + local) * (end / start) - 1, local, fx, cross: local * fx };
}
