import type { Account, Instrument } from '@plimsoll/domain';
import type { DailyBars, ImportedTransaction } from '@plimsoll/ports';

/** A simulated investor: accounts, instruments with prices, and transactions, all labelled as simulated. */
export interface DemoRecords {
  readonly accounts: readonly Account[];
  readonly instruments: readonly {
    readonly instrument: Instrument;
    readonly bars: DailyBars | null;
  }[];
  readonly benchmarkId: string;
  readonly transactions: readonly {
    /** Name of the account. */
    readonly account: string;
    readonly transaction: ImportedTransaction;
  }[];
}
