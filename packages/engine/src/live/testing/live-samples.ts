import { ok, type Result } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  Quote,
  QuoteStreamSink,
  TickBatch,
} from '@plimsoll/ports';
import type { LiveInstrument } from '../live-instrument.ts';

/** One tick as tests write it; what is not given is unknown. */
export interface SampleTick {
  readonly symbol: string;
  readonly at: number;
  readonly last?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly size?: number;
  readonly tradeId?: number;
}

export function batchOfTicks(ticks: readonly SampleTick[]): TickBatch {
  const symbols = [...new Set(ticks.map(({ symbol }) => symbol))];
  const column = (of: (tick: SampleTick) => number | undefined) =>
    Float64Array.from(ticks, (tick) => of(tick) ?? Number.NaN);
  return {
    symbols,
    of: Uint32Array.from(ticks, ({ symbol }) => symbols.indexOf(symbol)),
    at: column(({ at }) => at),
    bid: column(({ bid }) => bid),
    ask: column(({ ask }) => ask),
    last: column(({ last }) => last),
    size: column(({ size }) => size),
    tradeId: column(({ tradeId }) => tradeId),
  };
}

export const sampleInstrument = (
  id: string,
  change: Partial<LiveInstrument> & { readonly providers?: readonly string[] } = {},
): LiveInstrument => ({
  instrumentId: id,
  label: id.toUpperCase(),
  kind: 'equity',
  currency: 'USD',
  priceFactor: 1,
  simulated: false,
  previousClose: Number.NaN,
  sources: (change.providers ?? ['first']).map((provider) => ({
    provider,
    symbol: { symbol: id.toUpperCase() },
  })),
  ...change,
});

/** A provider of a stream that a test plays. */
export class PlayedProvider implements MarketDataProvider {
  readonly id: string;
  readonly title = 'Played';
  readonly simulated = false;
  readonly capabilities = { daily: false, actions: false, fx: false, stream: true };
  wanted: readonly string[] = [];
  #sink: QuoteStreamSink | null = null;

  constructor(id: string) {
    this.id = id;
  }

  search = async () => ok([]);
  daily = async () => {
    throw new Error('It has no days');
  };

  stream = (sink: QuoteStreamSink, signal: AbortSignal) => {
    this.#sink = sink;
    return {
      want: (symbols: readonly ProviderSymbol[]) => {
        this.wanted = symbols.map(({ symbol }) => symbol);
      },
      ended: new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    };
  };

  become(state: 'open' | 'lost' | 'refused', detail = ''): void {
    this.#sink?.state(state, detail);
  }

  /** Sends ticks, if it is wanted. */
  send(...ticks: readonly SampleTick[]): void {
    this.#sink?.ticks(batchOfTicks(ticks));
  }
}

/** A provider without a stream, whose quotes a test sets. */
export class AskedProvider implements MarketDataProvider {
  readonly id: string;
  readonly title = 'Asked';
  readonly simulated = false;
  readonly capabilities = { daily: false, actions: false, fx: false, quotes: true };
  answer: Result<readonly Quote[], MarketDataFault> = ok([]);
  asked = 0;

  constructor(id: string) {
    this.id = id;
  }

  search = async () => ok([]);
  daily = async () => {
    throw new Error('It has no days');
  };

  quotes = async () => {
    this.asked++;
    return this.answer;
  };
}
