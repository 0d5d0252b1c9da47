import { ok, refuse } from '@plimsoll/kernel';
import type { MarketDataProvider } from '@plimsoll/ports';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { simulatedListings } from './simulated-instruments.ts';
import { SimulatedMarket } from './simulated-market.ts';

/** A simulated market as a source of prices. */
export function simulatedProvider(seed: number): MarketDataProvider {
  const market = new SimulatedMarket(seed);
  return {
    id: 'simulated',
    title: 'Simulated market (invented, not real)',
    simulated: true,
    capabilities: { daily: true, actions: true, fx: true },
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
      if (history) return ok(history);
      const detail = `The simulated market has no ${symbol.slice(0, 80)}; its symbols are named like SIM:HARB.`;
      return refuse({ code: 'market-data.unknown-symbol', detail });
    },
  };
}
