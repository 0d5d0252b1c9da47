import { ok, refuse } from '@plimsoll/kernel';
import type {
  MarketDataCapabilities,
  MarketDataFault,
  MarketDataProvider,
  ProviderWorld,
} from '@plimsoll/ports';
import { finishedBars } from '../../market-data-kit/finished-days.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { LiveMarket } from './live-market.ts';
import { simulatedListings } from './simulated-instruments.ts';
import { SimulatedMarket } from './simulated-market.ts';
import { SimulatedStream } from './simulated-stream.ts';

export interface SimulatedTerms {
  readonly seed: number;
  readonly ticksPerSecond: number;
}

const lengths = { '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 };

const capabilities: MarketDataCapabilities = { daily: true, actions: true, fx: true, search: true };
const liveCapabilities: MarketDataCapabilities = {
  ...capabilities,
  intraday: ['1m', '5m', '15m', '1h'],
  quotes: true,
  stream: true,
};

/** A simulated market as a source of prices; of live ones where it is given a clock. */
export function simulatedProvider(
  { seed, ticksPerSecond }: SimulatedTerms,
  world?: ProviderWorld,
): MarketDataProvider {
  const market = new SimulatedMarket(seed);
  const provider: MarketDataProvider = {
    id: 'simulated',
    title: 'Simulated market (invented, not real)',
    simulated: true,
    capabilities,
    async search(text, limit) {
      const wanted = text.trim().toLowerCase();
      const found = simulatedListings.filter(({ symbol, name }) =>
        `${symbol} ${name}`.toLowerCase().includes(wanted),
      );
      return ok(
        found.slice(0, Math.max(0, limit)).map(({ symbol, currency }) => ({ symbol, currency })),
      );
    },
    async daily({ symbol }, from, until, signal) {
      if (signal.aborted) return cancelled();
      const history = market.history(symbol, from, until);
      return history ? ok(history) : unknown(symbol);
    },
  };
  return world ? { ...provider, ...live(market, { seed, ticksPerSecond }, world) } : provider;
}

function live(
  market: SimulatedMarket,
  { seed, ticksPerSecond }: SimulatedTerms,
  world: ProviderWorld,
): Pick<MarketDataProvider, 'capabilities' | 'intraday' | 'quotes' | 'stream'> {
  const within = new LiveMarket(market, seed);
  return {
    capabilities: liveCapabilities,
    async intraday({ symbol }, timeframe, ...[from, until, signal]) {
      if (signal.aborted) return cancelled();
      const lengthMs = lengths[timeframe as keyof typeof lengths];
      const end = finishedBars(until, world.nowMs(), lengthMs);
      const bars = within.bars(symbol, lengthMs, from, Math.max(from, end));
      if (!bars) return unknown(symbol);
      return ok({ ...bars, currency: currencyOf(symbol), rejected: [] });
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      const now = world.nowMs();
      return ok(
        symbols.flatMap(({ symbol }) => {
          const currency = currencyOf(symbol);
          return currency === null ? [] : (within.quote(symbol, now, currency) ?? []);
        }),
      );
    },
    stream: (sink, signal) =>
      new SimulatedStream({ market: within, world, ticksPerSecond, sink, signal }),
  };
}

const currencyOf = (symbol: string): string | null =>
  simulatedListings.find((one) => one.symbol === symbol)?.currency ?? null;

const unknown = (symbol: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unknown-symbol',
    detail: `The simulated market has no ${symbol.slice(0, 80)}; its symbols are named like SIM:HARB.`,
  });
