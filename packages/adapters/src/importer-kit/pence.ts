import type { Currency } from '@plimsoll/domain';
import { type Decimal, type Price, price } from '@plimsoll/kernel';
import type { InstrumentHint } from '@plimsoll/ports';

/** Whether the code means pence sterling. */
export const isPence = (currency: string): boolean => currency === 'GBX' || currency === 'GBp';

/** The price factor of what is quoted in pence. */
export const penceFactor: Price = price('0.01');

/** The currency that money is counted in: pounds for pence. */
export const wholeCurrency = (currency: string): Currency => (isPence(currency) ? 'GBP' : currency);

/** What a file says of an instrument that it prices in this unit. */
export const quotedIn = (unit: string): Pick<InstrumentHint, 'currency' | 'priceFactor'> =>
  isPence(unit) ? { currency: 'GBP', priceFactor: penceFactor } : { currency: unit };

/** An amount in pence as pounds; of any other currency as it is. Exact to 18 digits. */
export const inPounds = (amount: Decimal, currency: string): Decimal =>
  isPence(currency) ? amount / 100n : amount;

/** A price in pence as one in pounds; of any other currency as it is. Exact to 24 digits. */
export const priceInPounds = (price: Price, currency: string): Price =>
  (isPence(currency) ? price / 100n : price) as Price;
