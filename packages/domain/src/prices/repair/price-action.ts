import type { DayNumber } from '@plimsoll/kernel';
import type { Currency, InstrumentKind } from '../../ledger/instrument.ts';

/** A corporate action as far as prices know of it. */
export type PriceAction =
  | {
      readonly kind: 'split';
      /** The first day on which the new units trade. */
      readonly day: DayNumber;
      /** New units per old one: 2 for "2 for 1", 0.1 for "1 for 10". */
      readonly ratio: number;
    }
  | {
      /** `capital-gain`: what a fund distributes beside its dividend, stated by itself. */
      readonly kind: 'dividend' | 'capital-gain';
      /** The ex-day: the first day without the right to it. */
      readonly day: DayNumber;
      /** Cash per unit, in the price unit and on the split basis of the bars. */
      readonly amount: number;
    };

/** What is known of a series beside its figures; null where nothing is. */
export interface PriceFacts {
  readonly kind: InstrumentKind | null;
  readonly currency: Currency | null;
  /** Days on which the exchange traded, rising, at least over the range of the bars. */
  readonly tradingDays: Int32Array | null;
  readonly interval: 'day' | 'intraday';
  /** Whether later splits are undone in the prices (Yahoo) or they stand as traded. */
  readonly prices: 'as-traded' | 'split-adjusted';
}

/** Nothing known but that these are daily bars with later splits undone. */
export const noFacts: PriceFacts = {
  kind: null,
  currency: null,
  tradingDays: null,
  interval: 'day',
  prices: 'split-adjusted',
};
