import type { Account, Instrument } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { ImportedTransaction } from '../importer/importer.ts';
import type { DailyBars } from './market-data.ts';

/** A simulated investor: accounts, instruments with prices, and transactions, all labelled as simulated. */
export interface DemoRecords {
  readonly accounts: readonly Account[];
  /** All of the simulated market, exchange rates (`EURUSD`) and the benchmark among them. */
  readonly instruments: readonly {
    readonly instrument: Instrument;
    readonly bars: DailyBars | null;
  }[];
  /** What to compare with. */
  readonly benchmarkId: string;
  /** Oldest first. */
  readonly transactions: readonly {
    /** Name of the account. */
    readonly account: string;
    readonly transaction: ImportedTransaction;
  }[];
}

/** Where the demo workspace comes from: a simulated market and an investor's records in it. */
export interface DemoSource {
  /** The records up to and including `asOf`; the same day gives the same records. */
  readonly build: (asOf: Day) => DemoRecords;
}
