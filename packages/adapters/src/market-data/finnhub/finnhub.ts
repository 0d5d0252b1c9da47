/** https://finnhub.io/docs/api (2026-11-21). */
import { type Day, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  IntradayHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  Quote,
} from '@plimsoll/ports';
import { z } from 'zod';
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
import { numeric } from '../../market-data-kit/numeric.ts';
import { quoteStream } from '../../market-data-kit/quote-stream.ts';
import { dayAt, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { soundQuote } from '../../market-data-kit/sound-quote.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { finnhubActions } from './finnhub-actions.ts';
import { readCandles } from './finnhub-candles.ts';
import { searchFinnhub } from './finnhub-search.ts';
import type { FinnhubSettings } from './finnhub-settings.ts';
import { finnhubStream } from './finnhub-stream.ts';
import { type FinnhubSymbol, finnhubSymbol } from './finnhub-symbol.ts';

const title = 'Finnhub';
const hint = 'its symbols are named like AAPL, VOD.L, BINANCE:BTCUSDT or OANDA:EUR_USD';
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const earliest: Day = '1970-01-03';
const intradayWindowMs = 30 * dayMs;

const timeframes = {
  '1m': { resolution: '1', lengthMs: 60_000 },
  '5m': { resolution: '5', lengthMs: 300_000 },
  '15m': { resolution: '15', lengthMs: 900_000 },
  '1h': { resolution: '60', lengthMs: hourMs },
} as const;

export const finnhubCapabilities = {
  daily: true,
  actions: true,
  fx: true,
  kinds: ['equity', 'etf', 'crypto', 'fx'],
  search: true,
  intraday: ['1m', '5m', '15m', '1h'],
  quotes: true,
  stream: true,
} as const;

const quoteShape = z.object({
  c: z.unknown().optional(),
  pc: z.unknown().optional(),
  t: z.unknown().optional(),
});

export function finnhubProvider(
  settings: FinnhubSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const http = providerHttp({
    id: 'finnhub',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [
      { requests: settings.requestsPerMinute, perMs: 60_000 },
      { requests: 30, perMs: 1000 },
    ],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { 'X-Finnhub-Token': settings.key },
    secrets: [settings.key],
    faultOf: ofPlan,
  });
  const { nowMs } = world;
  return {
    id: 'finnhub',
    title,
    simulated: false,
    capabilities: finnhubCapabilities,
    health: http.health,
    search: (text, limit) => searchFinnhub(http, text, limit),
    async daily(symbol, from, until, signal) {
      const known = finnhubSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const read = await readDaily(
        { http, nowMs: nowMs() },
        known,
        { symbol, from, until },
        signal,
      );
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const known = finnhubSymbol(symbol);
      if (!known) return unknownSymbol(title, symbol.symbol, hint);
      const { lengthMs, resolution } = timeframes[timeframe as keyof typeof timeframes];
      const end = finishedBars(until, nowMs(), lengthMs);
      const asked = { symbol, resolution, from, until: end };
      const read = await readIntraday({ http, nowMs: nowMs() }, known, asked, signal);
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
    quotes: (symbols, signal) => readQuotes({ http, nowMs: nowMs() }, symbols, signal),
    stream: (sink, signal) => {
      const checkKey = (within: AbortSignal) => readQuote(http, 'AAPL', within);
      const { streamUrl, key } = settings;
      return quoteStream(finnhubStream({ streamUrl, key, checkKey }), { world }, sink, signal);
    },
  };
}

/** What the plan of the key lacks is refused with 403, a bad key with 401. */
function ofPlan(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status !== 403 || !/access to this resource/i.test(reply.text())) return undefined;
  const detail = 'Finnhub does not offer this on the plan of the key.';
  return { code: 'market-data.not-covered', detail };
}

interface Source {
  readonly http: ProviderHttp;
  readonly nowMs: number;
}

interface DailyAsked {
  readonly symbol: ProviderSymbol;
  readonly from: Day;
  readonly until: Day;
}

/**
 * Daily candles are stamped with midnight, of New York or of the exchange's own place or of UTC: the
 * nearest midnight by UTC is the day, from Honolulu to Sydney.
 */
async function readDaily(
  { http, nowMs }: Source,
  known: FinnhubSymbol,
  { symbol, from, until }: DailyAsked,
  signal: AbortSignal,
): Promise<Result<DailyHistory, MarketDataFault>> {
  const isStock = known.kind === 'stock';
  const end = finishedDays(until, nowMs, isStock ? american : aroundTheClock);
  const first = from < earliest ? earliest : from;
  const [start, stop] = [Date.parse(first) - 14 * hourMs, Date.parse(end) + 14 * hourMs];
  const terms = { from, until: end, nowMs, currency: currencyOf(known, symbol) };
  const prices = isStock ? 'split-adjusted' : 'as-traded';
  if (first >= end) return ok(readDailyRows([], { ...terms, prices }));
  const range = { resolution: 'D', from: start / 1000, to: stop / 1000 };
  const read = await readCandles(http, known, range, signal);
  if (!read.ok) return read;
  const candles = read.value;
  if (!candles && isStock) {
    const listed = await isListed(http, known, signal);
    if (!listed.ok) return listed;
    if (!listed.value) return unknownSymbol(title, symbol.symbol, hint);
  }
  const rows = (candles?.t ?? []).map((t, i) => ({
    day: dayAt(numeric(t) * 1000, 12 * 3600),
    open: candles?.o[i],
    high: candles?.h[i],
    low: candles?.l[i],
    close: candles?.c[i],
    volume: candles?.v[i],
  }));
  if (!isStock) return ok(readDailyRows(rows, { ...terms, prices }));
  const told = await finnhubActions(http, known.name, { from: first, until: end }, signal);
  if (!told.ok) return told;
  const { actions, rejected, notes } = told.value;
  const history = readDailyRows(rows, { ...terms, prices, actions, rejected });
  return ok({ ...history, notes: [...(history.notes ?? []), ...notes] });
}

/** Candles say the same of an unknown symbol as of a time without trades; a quote of zeros tells. */
async function isListed(
  http: ProviderHttp,
  { name }: FinnhubSymbol,
  signal: AbortSignal,
): Promise<Result<boolean, MarketDataFault>> {
  const read = await readQuote(http, name, signal);
  return read.ok ? ok(numeric(read.value.t) > 0) : read;
}

const readQuote = (http: ProviderHttp, symbol: string, signal: AbortSignal) =>
  http.json('/quote', { symbol }, { signal, shape: quoteShape });

interface IntradayAsked {
  readonly symbol: ProviderSymbol;
  readonly resolution: string;
  /** Milliseconds, `until` excluded. */
  readonly from: number;
  readonly until: number;
}

async function readIntraday(
  { http, nowMs }: Source,
  known: FinnhubSymbol,
  { symbol, resolution, from, until }: IntradayAsked,
  signal: AbortSignal,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  const bars = new BarsWriter();
  for (let start = Math.max(0, from); start < until; start += intradayWindowMs) {
    const stop = Math.min(until, start + intradayWindowMs);
    const range = { resolution, from: Math.floor(start / 1000), to: Math.ceil(stop / 1000) };
    const read = await readCandles(http, known, range, signal);
    if (!read.ok) return read;
    const candles = read.value;
    for (let i = 0; candles && i < candles.t.length; i++) {
      bars.begin(numeric(candles.t[i]) * 1000, numeric(candles.v[i]));
      const { o, h, l, c } = candles;
      bars.prices(numeric(o[i]), numeric(h[i]), numeric(l[i]), numeric(c[i]));
    }
  }
  return ok({ ...bars.read(from, until, nowMs), currency: currencyOf(known, symbol) });
}

/** One request for each symbol: Finnhub has no other way. One that it does not know has only zeros. */
async function readQuotes(
  { http, nowMs }: Source,
  symbols: readonly ProviderSymbol[],
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  if (signal.aborted) return cancelled();
  const quotes: Quote[] = [];
  for (const symbol of symbols) {
    const known = finnhubSymbol(symbol);
    if (known?.kind !== 'stock') continue;
    const read = await readQuote(http, known.name, signal);
    if (!read.ok) return read;
    const { t, c, pc } = read.value;
    const currency = currencyOf(known, symbol);
    const row = {
      symbol: symbol.symbol,
      at: numeric(t) * 1000,
      last: c,
      previousClose: pc,
      currency,
    };
    const quote = soundQuote(row, nowMs);
    if (quote) quotes.push(quote);
  }
  return ok(quotes);
}

/** London's shares are quoted in pence; what Finnhub does not say is what the instrument says. */
function currencyOf({ kind, name }: FinnhubSymbol, { currency }: ProviderSymbol): string | null {
  if (kind !== 'stock') {
    const pair = name.split(':')[1] ?? name;
    const own = kind === 'forex' ? 'fx' : 'crypto';
    return currencyPair({ symbol: pair, kind: own })?.quote ?? null;
  }
  if (name.endsWith('.L') && (currency === undefined || currency === 'GBP')) return 'GBX';
  return currency ?? (name.includes('.') ? null : 'USD');
}
