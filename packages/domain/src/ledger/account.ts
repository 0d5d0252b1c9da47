import type { Currency } from './instrument.ts';

/** Which lots a closing takes first. `specific` takes those the transaction names, then the oldest. */
export const lotMethods = ['fifo', 'lifo', 'hifo', 'lofo', 'average', 'specific'] as const;

export type LotMethod = (typeof lotMethods)[number];

/** Where things are held: a broker, bank or wallet. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly currency: Currency;
  readonly lotMethod: LotMethod;
  /**
   * Whether cash is part of the record. `auto` is tracked once the account has a deposit,
   * withdrawal, conversion or transfer of cash. Untracked: buys are inflows, sales and income outflows.
   */
  readonly cash: 'auto' | 'tracked' | 'untracked';
  /** `capitalised`: a trade's fees and taxes are part of cost or proceeds. `expensed`: apart. */
  readonly fees: 'capitalised' | 'expensed';
  readonly allowShort: boolean;
}

/** A named set of accounts seen together. */
export interface Portfolio {
  readonly id: string;
  readonly name: string;
  readonly currency: Currency;
  readonly accountIds: readonly string[];
  /** Instrument the portfolio is compared with. */
  readonly benchmarkId?: string;
}
