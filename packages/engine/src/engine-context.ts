import type { Instrument, Transaction } from '@plimsoll/domain';
import type { Clock, DemoSource, Importer, PriceFileReader, Store } from '@plimsoll/ports';

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
  readonly demo: DemoSource;
}

/** Today, by the clock passed in. */
export const today = (context: Pick<EngineContext, 'clock'>): string =>
  context.clock.now().slice(0, 10);
