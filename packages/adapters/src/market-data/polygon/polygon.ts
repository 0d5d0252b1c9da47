/** https://massive.com/docs/rest/quickstart (2026-11-21). */
import { type Day, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
} from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import {
  american,
  aroundTheClock,
  finishedBars,
  finishedDays,
} from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { joinedStreams } from '../../market-data-kit/joined-streams.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { quoteStream } from '../../market-data-kit/quote-stream.ts';
import { dayAt, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { readPolygonActions } from './polygon-actions.ts';
import { readPolygonBars } from './polygon-bars.ts';
import { readPolygonQuotes } from './polygon-quotes.ts';
import type { PolygonSettings } from './polygon-settings.ts';
import { type PolygonMarket, polygonStream } from './polygon-stream.ts';
import { type PolygonSymbol, polygonSymbol } from './polygon-symbol.ts';
import { isTicker, searchPolygon } from './polygon-tickers.ts';

const title = 'Massive';
const hint = 'its tickers are named like AAPL, X:BTCUSD, C:EURUSD or I:SPX';
const earliest: Day = '2003-09-10';

const timeframes = {
  '1s': { multiplier: 1, timespan: 'second', lengthMs: 1000 },
  '1m': { multiplier: 1, timespan: 'minute', lengthMs: 60_000 },
  '5m': { multiplier: 5, timespan: 'minute', lengthMs: 300_000 },
  '15m': { multiplier: 15, timespan: 'minute', lengthMs: 900_000 },
  '1h': { multiplier: 1, timespan: 'hour', lengthMs: 3_600_000 },
} as const;

export const polygonCapabilities = {
  daily: true,
  actions: true,
  fx: true,
  kinds: ['equity', 'etf', 'crypto', 'fx', 'index'],
  search: true,
  intraday: ['1s', '1m', '5m', '15m', '1h'],
  quotes: true,
  stream: true,
} as const;

export function polygonProvider(
  settings: PolygonSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const http = providerHttp({
    id: 'polygon',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { authorization: `Bearer ${settings.key}` },
    secrets: [settings.key],
    faultOf: ofPlan,
  });
  const { nowMs } = world;
  return {
    id: 'polygon',
    title,
    simulated: false,
    capabilities: polygonCapabilities,
    health: http.health,
    search: (text, limit) => searchPolygon(http, text, limit),
    async daily(symbol, from, until, signal) {
      const known = polygonSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const read = await readDaily({ http, nowMs: nowMs() }, known, { from, until }, signal);
      if (!read.ok) return naming(read, title, symbol.symbol, hint);
      return read.value ? ok(read.value) : unknownSymbol(title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const known = polygonSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const { lengthMs, ...terms } = timeframes[timeframe as keyof typeof timeframes];
      const end = finishedBars(until, nowMs(), lengthMs);
      const start = Math.max(from, Date.parse(earliest));
      const range = { ticker: known.ticker, ...terms, from: start, until: end };
      const read = await readPolygonBars(http, range, signal);
      if (!read.ok) return naming(read, title, symbol.symbol, hint);
      const bars = new BarsWriter();
      for (const { t, o, h, l, c, v } of read.value) {
        bars.begin(numeric(t), numeric(v));
        bars.prices(numeric(o), numeric(h), numeric(l), numeric(c));
      }
      return ok({ ...bars.read(from, end, nowMs()), currency: currencyOf(known) });
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      return readPolygonQuotes({ http, nowMs: nowMs() }, symbols, signal);
    },
    stream(sink, signal) {
      const { streamUrl, key } = settings;
      const start = (market: PolygonMarket) => (own: typeof sink) =>
        quoteStream(polygonStream(streamUrl, key, market), { world }, own, signal);
      const starts = { stocks: start('stocks'), crypto: start('crypto'), forex: start('forex') };
      return joinedStreams(routeOf, starts, sink, signal);
    },
  };
}

function routeOf(symbol: ProviderSymbol): PolygonMarket | undefined {
  const market = polygonSymbol(symbol)?.market;
  return market === 'indices' ? undefined : market;
}

/** What the plan of the key lacks is refused with 403, a bad key with 401. */
function ofPlan(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status !== 403 || !/not entitled|upgrade your plan/i.test(reply.text())) {
    return undefined;
  }
  const detail = 'Massive does not offer this, or not this far back, on the plan of the key.';
  return { code: 'market-data.not-covered', detail };
}

function currencyOf({ market, ticker }: PolygonSymbol): string | null {
  if (market === 'indices') return null;
  if (market === 'stocks') return 'USD';
  const kind = market === 'forex' ? 'fx' : 'crypto';
  return currencyPair({ symbol: ticker.slice(2), kind })?.quote ?? null;
}

interface Source {
  readonly http: ProviderHttp;
  readonly nowMs: number;
}

/** Null for a ticker that there is not. */
async function readDaily(
  { http, nowMs }: Source,
  known: PolygonSymbol,
  { from, until }: { readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<DailyHistory | null, MarketDataFault>> {
  const { market, ticker } = known;
  const isAmerican = market === 'stocks' || market === 'indices';
  const end = finishedDays(until, nowMs, isAmerican ? american : aroundTheClock);
  const first = from < earliest ? earliest : from;
  const currency = currencyOf(known);
  const terms = { from, until: end, nowMs, currency, prices: 'as-traded' } as const;
  if (first >= end) return ok(readDailyRows([], terms));
  const range = { from: Date.parse(first), until: Date.parse(end) };
  const asked = { ticker, multiplier: 1, timespan: 'day', ...range } as const;
  const read = await readPolygonBars(http, asked, signal);
  if (!read.ok) return read;
  if (read.value.length === 0) {
    const listed = await isTicker(http, ticker, signal);
    if (!listed.ok) return listed;
    if (!listed.value) return ok(null);
  }
  // Stamped with midnight in New York, of coins and currencies by UTC: the same day by UTC.
  const rows = read.value.map(({ t, o, h, l, c, v }) => ({
    day: dayAt(numeric(t)),
    open: o,
    high: h,
    low: l,
    close: c,
    volume: v,
  }));
  if (market !== 'stocks') return ok(readDailyRows(rows, terms));
  const told = await readPolygonActions(http, ticker, { from: first, until: end }, signal);
  return told.ok ? ok(readDailyRows(rows, { ...terms, ...told.value })) : told;
}
