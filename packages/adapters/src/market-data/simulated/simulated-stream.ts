import type { ProviderSymbol, ProviderWorld, QuoteStream, QuoteStreamSink } from '@plimsoll/ports';
import { TickWriter } from '../../market-data-kit/tick-writer.ts';
import { streamOf } from './chance.ts';
import type { LiveMarket } from './live-market.ts';

const handOverMs = 250;
/** After a sleep the ticks of the last seconds come, not those of the whole night. */
const longestGapMs = 5000;

export interface SimulatedStreamTerms {
  readonly market: LiveMarket;
  readonly world: ProviderWorld;
  /** Of each symbol: trades and quotes by turns. */
  readonly ticksPerSecond: number;
  readonly sink: QuoteStreamSink;
  readonly signal: AbortSignal;
}

/** Ticks of the simulated market as time goes by: those of an instant are always the same ones. */
export class SimulatedStream implements QuoteStream {
  readonly ended: Promise<void>;
  readonly #terms: SimulatedStreamTerms;
  readonly #ticks: TickWriter;
  #wanted: readonly string[] = [];
  #until: number;

  constructor(terms: SimulatedStreamTerms) {
    this.#terms = terms;
    this.#ticks = new TickWriter(terms.world.nowMs);
    this.#until = terms.world.nowMs();
    this.ended = this.#run();
  }

  want(symbols: readonly ProviderSymbol[]): void {
    this.#wanted = [...new Set(symbols.map(({ symbol }) => symbol))];
    this.#ticks.want(new Map(this.#wanted.map((symbol) => [symbol, symbol])));
  }

  async #run(): Promise<void> {
    const { sink, signal, world } = this.#terms;
    sink.state('connecting', '');
    sink.state('open', 'Simulated: nothing of it is real.');
    while (!signal.aborted) {
      try {
        await world.wait(handOverMs, signal);
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      if (!signal.aborted) this.#handOver();
    }
  }

  #handOver(): void {
    const { world, ticksPerSecond, sink } = this.#terms;
    const now = world.nowMs();
    const from = Math.max(this.#until, now - longestGapMs);
    this.#until = Math.max(now, this.#until);
    this.#ticks.begin();
    for (const symbol of this.#wanted) {
      const everyMs = 1000 / ticksPerSecond;
      const offset = Math.floor(streamOf(0, symbol).next() * everyMs);
      const first = Math.ceil((from - offset) / everyMs);
      for (let number = first; number * everyMs + offset < now; number++) {
        this.#tick(symbol, Math.floor(number * everyMs + offset), number);
      }
    }
    const batch = this.#ticks.take();
    if (batch) sink.ticks(batch);
  }

  #tick(symbol: string, at: number, number: number): void {
    const price = this.#terms.market.price(symbol, at);
    if (!price) return;
    if (number % 2 === 1) this.#ticks.quote(symbol, at, price.bid, price.ask);
    else {
      this.#ticks.trade(symbol, at, price.last, price.size);
      this.#ticks.numbered(number);
    }
  }
}
