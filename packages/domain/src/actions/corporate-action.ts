import type { Day } from '@plimsoll/kernel';
import type { Currency } from '../ledger/instrument.ts';

export const corporateActionKinds = [
  'split',
  'dividend',
  'special-dividend',
  'stock-dividend',
  'spin-off',
  'merger',
  'symbol-change',
  'return-of-capital',
  'delisting',
] as const;

export type CorporateActionKind = (typeof corporateActionKinds)[number];

/**
 * What befell one instrument on a day, for whoever held it. Exact numbers as text, as everywhere
 * outside computing.
 */
export interface CorporateAction {
  readonly id: string;
  readonly instrumentId: string;
  readonly kind: CorporateActionKind;
  /** The ex-day: whoever held it at the close of the day before has it. */
  readonly day: Day;
  readonly payDay: Day | null;
  /**
   * Split: new units per old, as a ratio `new:old` (`4:1`, `1:20`). Stock dividend: new units beside
   * each old one. Dividend, return of capital, delisting: cash per unit. Spin-off: units of the child
   * per unit. Merger: units of the successor per unit, 0 where it is for cash. Symbol change: 1.
   */
  readonly value: string;
  /** Of the cash. */
  readonly currency: Currency | null;
  /** Symbol of the child, the successor, or the new symbol. */
  readonly other: string | null;
  /** Merger: cash per unit beside the units. Spin-off: share of the cost that goes to the child. */
  readonly second: string | null;
  /** `yahoo`, `by hand`. */
  readonly source: string;
}
