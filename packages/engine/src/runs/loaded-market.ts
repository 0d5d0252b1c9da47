import type { BacktestMarket } from '@plimsoll/analytics/backtest';
import type { BenchmarkColumn } from '@plimsoll/analytics/runs';

/** What a run is carried out on. */
export interface LoadedMarket {
  readonly market: BacktestMarket;
  readonly benchmark: BenchmarkColumn | null;
  /** First moment at which the strategy may trade, milliseconds. */
  readonly tradeFrom: number;
  /** SHA-256, hex, over all columns, events and rates. */
  readonly fingerprint: string;
  /** What the reader must know of the data, one sentence each. */
  readonly notes: readonly string[];
}
