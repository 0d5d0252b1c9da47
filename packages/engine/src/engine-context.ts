import type { Report } from '@plimsoll/analytics/analysis';
import type { ComputeRun } from '@plimsoll/analytics/runs';
import type { Instrument, Transaction } from '@plimsoll/domain';
import type { Result } from '@plimsoll/kernel';
import type {
  BarFileReader,
  BarStore,
  Clock,
  DemoSource,
  EtlReader,
  Importer,
  Inference,
  MarketDataSources,
  ObjectStore,
  PriceFileReader,
  ProviderWorld,
  Store,
  TickStore,
} from '@plimsoll/ports';
import type { ArtifactMakers } from './runs/artifact-makers.ts';
import type { StrategyCatalogue } from './runs/strategy-catalogue.ts';

/** Carries out the analysis of that id on values that were checked against its table. */
export type Compute = (id: string, values: unknown) => Promise<Result<Report>>;

/** What carries out runs of strategies. */
export interface RunParts extends ArtifactMakers {
  readonly compute: ComputeRun;
  readonly strategies: StrategyCatalogue;
  /** Where artifacts of runs are kept. */
  readonly objects: ObjectStore;
  /** Runs models that learnt elsewhere. */
  readonly inference?: Inference;
  /** Which code this is: runs that differ may differ because of it. */
  readonly codeVersion: string;
}

/** What the use-cases need of the world outside; the composition root gives it once. */
export interface EngineContext {
  readonly store: Store;
  readonly clock: Clock;
  /** A new id, never given before; later ids sort after earlier ones. */
  readonly newId: () => string;
  readonly importers: readonly Importer[];
  readonly priceReaders: readonly PriceFileReader[];
  /** Turns bytes into the text that importers read. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** Larger import files are refused unread. */
  readonly maxImportBytes: number;
  /** Writes transactions as native CSV, names in place of ids. */
  readonly exportNativeCsv: (
    transactions: readonly Transaction[],
    names: {
      readonly account: (id: string) => string;
      readonly instrument: (id: string) => Instrument;
    },
  ) => string;
  /** Ticks of the last days; none where none are kept. */
  readonly ticks?: () => TickStore;
  readonly demo: DemoSource;
  /** Reads price, fundamentals and reference files of any layout; none where they cannot be brought. */
  readonly etl?: EtlReader;
  /** Computes an analysis of checked values, away from whoever waits for other figures. */
  readonly compute: Compute;
  /** Intraday bars, and the reader of files of them; none where they are not kept. */
  readonly bars?: BarStore;
  readonly barReader?: BarFileReader;
  /** Providers of market data as the user has set them up; none where nobody is asked. */
  readonly marketData?: MarketDataSources;
  /** What carries out runs; none where nobody asks for any. */
  readonly runs?: RunParts;
  /** Waiting and chance, for what is done in the background. */
  readonly world?: ProviderWorld;
}

/** Today, by the clock passed in. */
export const today = (context: Pick<EngineContext, 'clock'>): string =>
  context.clock.now().slice(0, 10);
