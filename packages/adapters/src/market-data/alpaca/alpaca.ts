/** https://docs.alpaca.markets/docs/about-market-data-api (2026-11-21). */
import { type Day, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderWorld,
} from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import {
  american,
  aroundTheClock,
  finishedBars,
  finishedDays,
} from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { joinedStreams } from '../../market-data-kit/joined-streams.ts';
import { keptValue } from '../../market-data-kit/kept-value.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { quoteStream } from '../../market-data-kit/quote-stream.ts';
import { readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { readAlpacaActions } from './alpaca-actions.ts';
import { isListed, matching, readAssets } from './alpaca-assets.ts';
import { readAlpacaBars } from './alpaca-bars.ts';
import { readAlpacaQuotes } from './alpaca-quotes.ts';
import type { AlpacaSettings } from './alpaca-settings.ts';
import { alpacaStream } from './alpaca-stream.ts';
import { type AlpacaSymbol, alpacaSymbol } from './alpaca-symbol.ts';

const title = 'Alpaca';
const hint = 'it has shares of the United States, named like AAPL, and coins, named like BTC/USD';
const earliest: Day = '2015-01-01';
const assetsKeptMs = 12 * 3_600_000;
/** What is younger is not free. */
const delayMs = 16 * 60_000;

const timeframes = {
  '1m': { name: '1Min', lengthMs: 60_000 },
  '5m': { name: '5Min', lengthMs: 300_000 },
  '15m': { name: '15Min', lengthMs: 900_000 },
  '1h': { name: '1Hour', lengthMs: 3_600_000 },
} as const;

export const alpacaCapabilities = {
  daily: true,
  actions: true,
  fx: false,
  kinds: ['equity', 'etf', 'crypto'],
  search: true,
  intraday: ['1m', '5m', '15m', '1h'],
  quotes: true,
  stream: true,
} as const;

export function alpacaProvider(settings: AlpacaSettings, world: ProviderWorld): MarketDataProvider {
  const line = (baseUrl: string): ProviderHttp =>
    providerHttp({
      id: 'alpaca',
      title,
      baseUrl,
      world,
      rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
      timeoutMs: settings.timeoutSeconds * 1000,
      headers: { 'APCA-API-KEY-ID': settings.key, 'APCA-API-SECRET-KEY': settings.secret },
      secrets: [settings.key, settings.secret],
      faultOf,
    });
  const http = line(settings.baseUrl);
  const trading = line(settings.tradingUrl);
  const assets = keptValue(assetsKeptMs, world.nowMs, () => readAssets(trading));
  const isFree = settings.feed !== 'sip';
  return {
    id: 'alpaca',
    title,
    simulated: false,
    capabilities: alpacaCapabilities,
    health: http.health,
    async search(text, limit) {
      const listed = await assets();
      return listed.ok ? ok(matching(listed.value, text, limit)) : listed;
    },
    async daily(symbol, from, until, signal) {
      const known = alpacaSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const source = { http, trading, nowMs: world.nowMs() };
      const read = await readDaily(source, known, { from, until }, signal);
      if (!read.ok) return read;
      return read.value ? ok(read.value) : unknownSymbol(title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const known = alpacaSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const { name, lengthMs } = timeframes[timeframe as keyof typeof timeframes];
      const nowMs = world.nowMs();
      const late = isFree && known.market === 'stocks' ? delayMs : 0;
      const end = finishedBars(until, nowMs - late, lengthMs);
      const range = { timeframe: name, from: Math.max(from, Date.parse(earliest)), until: end };
      const read = await readAlpacaBars(http, known, range, signal);
      if (!read.ok) return read;
      const bars = new BarsWriter();
      for (const { t, o, h, l, c, v } of read.value) {
        bars.begin(typeof t === 'string' ? Date.parse(t) : Number.NaN, numeric(v));
        bars.prices(numeric(o), numeric(h), numeric(l), numeric(c));
      }
      return ok({ ...bars.read(from, end, nowMs), currency: currencyOf(known) });
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      return readAlpacaQuotes({ http, nowMs: world.nowMs(), feed: settings.feed }, symbols, signal);
    },
    stream(sink, signal) {
      const { streamUrl, feed, key, secret } = settings;
      const start = (path: string) => (own: typeof sink) =>
        quoteStream(
          alpacaStream({ url: `${streamUrl}${path}`, key, secret }),
          { world },
          own,
          signal,
        );
      const starts = { stocks: start(`/v2/${feed}`), crypto: start('/v1beta3/crypto/us') };
      return joinedStreams((symbol) => alpacaSymbol(symbol)?.market, starts, sink, signal);
    },
  };
}

/** A wrong symbol is refused with 400 or 422, what the plan lacks with 403. */
function faultOf(reply: ProviderReply): MarketDataFault | undefined {
  const { status } = reply;
  if (status < 400 || status >= 500) return undefined;
  const text = reply.text();
  if (status === 403 && /subscription does not permit/i.test(text)) {
    const detail =
      'Alpaca: the plan of the key does not permit it; set the feed to iex, or get another plan.';
    return { code: 'market-data.not-covered', detail };
  }
  if ((status === 400 || status === 422) && /invalid symbol/i.test(text)) {
    return { code: 'market-data.unknown-symbol', detail: 'Alpaca: the symbol is invalid.' };
  }
  return undefined;
}

const currencyOf = ({ name }: AlpacaSymbol): string => name.split('/')[1] ?? 'USD';

interface Source {
  readonly http: ProviderHttp;
  readonly trading: ProviderHttp;
  readonly nowMs: number;
}

/** Null for a symbol that Alpaca does not list. */
async function readDaily(
  { http, trading, nowMs }: Source,
  known: AlpacaSymbol,
  { from, until }: { readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<DailyHistory | null, MarketDataFault>> {
  const isStock = known.market === 'stocks';
  const end = finishedDays(until, nowMs, isStock ? american : aroundTheClock);
  const first = from < earliest ? earliest : from;
  const terms = {
    from,
    until: end,
    nowMs,
    currency: currencyOf(known),
    prices: 'as-traded',
  } as const;
  if (first >= end) return ok(readDailyRows([], terms));
  // The day's own bar began long before the minutes that are not free.
  const last = isStock ? Math.min(Date.parse(end), nowMs - delayMs) : Date.parse(end);
  const range = { timeframe: '1Day', from: Date.parse(first), until: last };
  const read = await readAlpacaBars(http, known, range, signal);
  if (!read.ok) return read.fault.code === 'market-data.unknown-symbol' ? ok(null) : read;
  if (read.value.length === 0) {
    const listed = await isListed(trading, known.name, signal);
    if (!listed.ok) return listed;
    if (!listed.value) return ok(null);
  }
  // A day's bar is stamped with its midnight in New York, of a coin with that in Chicago: the same day by UTC.
  const rows = read.value.map(({ t, o, h, l, c, v }) => ({
    day: typeof t === 'string' ? t.slice(0, 10) : t,
    open: o,
    high: h,
    low: l,
    close: c,
    volume: v,
  }));
  if (!isStock) return ok(readDailyRows(rows, terms));
  const told = await readAlpacaActions(http, known.name, { from: first, until: end }, signal);
  return told.ok ? ok(readDailyRows(rows, { ...terms, ...told.value })) : told;
}
