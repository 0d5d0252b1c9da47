import type { DayNumber, Decimal } from '@plimsoll/kernel';
import type { Currency } from '../ledger/instrument.ts';

/**
 * A quantity opened together. Long lots have positive quantity and cost; short lots negative ones
 * (the cost of a short is minus what its sale brought), so that gain = value − cost for both.
 */
export interface Lot {
  /** Transaction that opened it, wherever it has moved since. */
  readonly openedBy: string;
  readonly openedOn: DayNumber;
  /** Order of opening, for ties. */
  readonly order: number;
  quantity: Decimal;
  /** Currency of `cost` and `basis`. */
  readonly currency: Currency;
  cost: Decimal;
  /** Cost in the base currency at the booked or day's rate of its opening. */
  baseCost: Decimal;
  /**
   * What gain is measured from: the cost, or the market value on the day the lot entered the
   * accounts and period looked at.
   */
  basis: Decimal;
  baseBasis: Decimal;
}

/**
 * A part cut off a lot, with its share of every amount; the lot keeps the remainder exactly. Wherever
 * it goes it keeps its order, so that lots of one day stay in the order of their opening.
 */
export type LotPart = Lot;
