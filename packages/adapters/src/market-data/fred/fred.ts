/**
 * Series of the Federal Reserve Bank of St. Louis.
 * https://fred.stlouisfed.org/docs/api/fred/series_observations.html and series_search.html, read 2026-11-21.
 */
import { addDays, ok } from '@plimsoll/kernel';
import type { MarketDataFault, MarketDataProvider, ProviderWorld } from '@plimsoll/ports';
import { z } from 'zod';
import { aroundTheClock, finishedDays } from '../../market-data-kit/finished-days.ts';
import { providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { type DailyRow, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';

export interface FredSettings extends ProviderSettings {
  readonly key: string;
}

export const fredCapabilities = {
  daily: true,
  actions: false,
  fx: false,
  kinds: ['index'],
  search: true,
} as const;

const title = 'FRED';
const hint = 'its series are named like DGS10 or SP500';
const earliest = '1776-07-04';
const hourMs = 3_600_000;
const largestPage = 100_000;

const observations = z.object({
  observations: z.array(z.object({ date: z.unknown().optional(), value: z.unknown().optional() })),
});

const matches = z.object({
  seriess: z.array(z.object({ id: z.string(), title: z.string().nullish() })),
});

/** Rates and indices, one figure a day, from FRED. */
export function fredProvider(settings: FredSettings, world: ProviderWorld): MarketDataProvider {
  const http = providerHttp({
    id: 'fred',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    query: { api_key: settings.key, file_type: 'json' },
    secrets: [settings.key],
    faultOf: fredFault,
  });
  return {
    id: 'fred',
    title,
    simulated: false,
    capabilities: fredCapabilities,
    health: () => http.health(),
    async search(text, limit) {
      if (text.trim() === '' || limit <= 0) return ok([]);
      const query = { search_text: text.trim().slice(0, 200), limit: Math.min(limit, 1000) };
      const found = await http.json('/fred/series/search', query, {
        signal: new AbortController().signal,
        shape: matches,
        cacheForMs: hourMs,
      });
      if (!found.ok) return found;
      const symbols = found.value.seriess.map(({ id, title: name }) => ({
        symbol: id,
        kind: 'index' as const,
        ...(name ? { name } : {}),
      }));
      return ok(symbols.slice(0, limit));
    },
    async daily({ symbol }, from, until, signal) {
      const id = symbol.trim().toUpperCase();
      if (!/^[A-Z0-9_]{1,60}$/.test(id)) return unknownSymbol(title, symbol, hint);
      const nowMs = world.nowMs();
      const end = finishedDays(until, nowMs, aroundTheClock);
      const range = { from, until: end, nowMs, currency: null, prices: 'as-traded' } as const;
      if (from >= end) return ok(readDailyRows([], range));
      const query = {
        series_id: id,
        observation_start: from < earliest ? earliest : from,
        observation_end: addDays(end, -1),
        limit: largestPage,
      };
      const path = '/fred/series/observations';
      const reply = await http.json(path, query, { signal, shape: observations });
      if (!reply.ok) return naming(reply, title, symbol, hint);
      return ok(readDailyRows(known(reply.value.observations), range));
    },
  };
}

/** A day without a figure has a point in its place: a holiday, no mistake. */
const known = (rows: z.infer<typeof observations>['observations']): DailyRow[] =>
  rows.flatMap(({ date, value }) => (value === '.' ? [] : [{ day: date, close: value }]));

/** All refusals have status 400 and differ in their text. */
function fredFault(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status !== 400) return undefined;
  const text = reply.text();
  if (/api_key/i.test(text)) {
    return {
      code: 'market-data.unauthorised',
      detail: `${title} refuses the key. Check it in market-data.yaml.`,
    };
  }
  if (/series does not exist|invalid value for variable series_id/i.test(text)) {
    return { code: 'market-data.unknown-symbol', detail: `${title} does not know the series.` };
  }
  return undefined;
}
