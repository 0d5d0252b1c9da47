import { addDays, ok } from '@plimsoll/kernel';
import type { MarketDataProvider, ProviderWorld } from '@plimsoll/ports';
import { american, finishedDays } from '../../market-data-kit/finished-days.ts';
import { providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { stooqFault, stooqRows } from './read-stooq.ts';
import { stooqSymbol } from './stooq-symbol.ts';

export interface StooqSettings extends ProviderSettings {
  readonly key?: string | undefined;
}

export const stooqCapabilities = {
  daily: true,
  actions: false,
  fx: true,
  kinds: ['equity', 'etf', 'index', 'fx', 'crypto', 'commodity'],
} as const;

/** No adjustment: neither splits nor dividends nor the five other kinds that Stooq undoes by itself. */
const asTraded = '1111111';

const hint = 'its symbols are named like aapl.us, vod.uk or eurusd';

/** Daily bars from Stooq's CSV download. */
export function stooqProvider(settings: StooqSettings, world: ProviderWorld): MarketDataProvider {
  const title = 'Stooq';
  const http = providerHttp({
    id: 'stooq',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    query: { apikey: settings.key },
    secrets: [settings.key],
    faultOf: stooqFault,
  });
  return {
    id: 'stooq',
    title,
    simulated: false,
    capabilities: stooqCapabilities,
    health: () => http.health(),
    search: async () => ok([]),
    async daily(symbol, from, until, signal) {
      const named = stooqSymbol(symbol);
      if (!named) return unknownSymbol(title, symbol.symbol, hint);
      const { currency } = named;
      const nowMs = world.nowMs();
      const end = finishedDays(until, nowMs, american);
      const options = { from, until: end, nowMs, currency, prices: 'as-traded' } as const;
      if (from >= end) return ok(readDailyRows([], options));
      const query = {
        s: named.name,
        i: 'd',
        d1: from.replaceAll('-', ''),
        d2: addDays(end, -1).replaceAll('-', ''),
        o: asTraded,
      };
      const text = await http.text('/q/d/l/', query, { signal });
      if (!text.ok) return text;
      const rows = stooqRows(text.value);
      return rows.ok ? ok(readDailyRows(rows.value, options)) : rows;
    },
  };
}
