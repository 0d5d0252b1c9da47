/** https://upstox.com/developer/api-documentation/open-api (2026-11-21). */
import { dayInZone } from '@plimsoll/domain';
import { addDays, type Day, invariant, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  IntradayHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  QuoteStream,
} from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { finishedBars, finishedDays } from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { quoteStream } from '../../market-data-kit/quote-stream.ts';
import { readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { type Candle, readCandles, readCandlesOfToday } from './upstox-candles.ts';
import { isUpstoxName, keyByName, searchUpstox, upstoxKey } from './upstox-instruments.ts';
import { readUpstoxQuotes } from './upstox-quotes.ts';
import type { UpstoxSettings } from './upstox-settings.ts';
import { upstoxStream } from './upstox-stream.ts';

const title = 'Upstox';
const hint =
  'it has shares of NSE and BSE, named by ISIN, trading symbol or key (NSE_EQ|INE002A01018)';
const zone = 'Asia/Kolkata';
const india = { zone, overAt: 16 };
const earliest: Day = '2000-01-01';
const earliestIntraday: Day = '2022-01-01';
const decadeDays = 3650;

const timeframes = {
  '1m': { unit: 'minutes', interval: 1, windowDays: 28, lengthMs: 60_000 },
  '5m': { unit: 'minutes', interval: 5, windowDays: 28, lengthMs: 300_000 },
  '15m': { unit: 'minutes', interval: 15, windowDays: 28, lengthMs: 900_000 },
  '1h': { unit: 'hours', interval: 1, windowDays: 85, lengthMs: 3_600_000 },
} as const;

export const upstoxCapabilities = {
  daily: true,
  actions: false,
  fx: false,
  kinds: ['equity', 'etf', 'index'],
  search: true,
  intraday: ['1m', '5m', '15m', '1h'],
  quotes: true,
  stream: true,
} as const;

export function upstoxProvider(settings: UpstoxSettings, world: ProviderWorld): MarketDataProvider {
  const http = providerHttp({
    id: 'upstox',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [
      { requests: settings.requestsPerMinute, perMs: 60_000 },
      { requests: 40, perMs: 1000 },
      { requests: 1900, perMs: 30 * 60_000 },
    ],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { authorization: `Bearer ${settings.key}`, accept: 'application/json' },
    secrets: [settings.key],
    faultOf,
  });
  const keys = new KnownKeys(http);
  return {
    id: 'upstox',
    title,
    simulated: false,
    capabilities: upstoxCapabilities,
    health: http.health,
    search: (text, limit) => searchUpstox(http, text, limit),
    async daily(symbol, from, until, signal) {
      const key = await keys.of(symbol, signal);
      if (!key.ok) return key;
      const source = { http, nowMs: world.nowMs() };
      const read = await readDaily(source, { key: key.value, from, until }, signal);
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const key = await keys.of(symbol, signal);
      if (!key.ok) return key;
      const terms = timeframes[timeframe as keyof typeof timeframes];
      const asked = { key: key.value, ...terms, from, until };
      const read = await readIntraday({ http, nowMs: world.nowMs() }, asked, signal);
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      const askedAs = new Map<string, string>();
      for (const symbol of symbols) {
        const key = await keys.of(symbol, signal);
        if (key.ok) askedAs.set(key.value, symbol.symbol);
        else if (key.fault.code !== 'market-data.unknown-symbol') return key;
      }
      return readUpstoxQuotes({ http, nowMs: world.nowMs() }, askedAs, signal);
    },
    stream(sink, signal) {
      const known = (symbol: ProviderSymbol) => keys.known(symbol);
      const protocol = upstoxStream({ http, baseUrl: settings.baseUrl, keyOf: known });
      const stream = quoteStream(protocol, { world }, sink, signal);
      return lookingUp(stream, keys, signal);
    },
  };
}

type KeyAnswer = Promise<Result<string, MarketDataFault>>;

const nameOf = ({ symbol, mic = 'XNSE' }: ProviderSymbol): string =>
  `${mic} ${symbol.trim().toUpperCase()}`;

/** The keys of instruments; those of trading symbols are looked up once. */
class KnownKeys {
  readonly #http: ProviderHttp;
  readonly #found = new Map<string, string>();

  constructor(http: ProviderHttp) {
    this.#http = http;
  }

  /** What is known without asking. */
  known(symbol: ProviderSymbol): string | undefined {
    return upstoxKey(symbol) ?? this.#found.get(nameOf(symbol));
  }

  async of(symbol: ProviderSymbol, signal: AbortSignal): KeyAnswer {
    const known = this.known(symbol);
    if (known !== undefined) return ok(known);
    if (!isUpstoxName(symbol)) return unknownSymbol(title, symbol.symbol, hint);
    const looked = await keyByName(this.#http, symbol, signal);
    if (!looked.ok) return looked;
    if (looked.value === null) return unknownSymbol(title, symbol.symbol, hint);
    this.#found.set(nameOf(symbol), looked.value);
    return ok(looked.value);
  }
}

/** The stream with the keys of trading symbols looked up before they are wanted. */
function lookingUp(stream: QuoteStream, keys: KnownKeys, signal: AbortSignal): QuoteStream {
  let latest: readonly ProviderSymbol[] = [];
  const lookUp = async (symbols: readonly ProviderSymbol[]): Promise<void> => {
    // One that cannot be looked up stays unknown, and the stream says so.
    for (const symbol of symbols) {
      if (latest === symbols) await keys.of(symbol, signal);
    }
    if (latest === symbols) stream.want(symbols);
  };
  return {
    ended: stream.ended,
    want(symbols) {
      latest = symbols;
      if (symbols.every((symbol) => keys.known(symbol) !== undefined)) stream.want(symbols);
      else void lookUp(symbols);
    },
  };
}

/** Errors come with a code of Upstox; an unknown instrument with status 400. */
function faultOf(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status !== 400 || !/UDAPI(?:100011|1021)\b/.test(reply.text())) return undefined;
  return { code: 'market-data.unknown-symbol', detail: 'Upstox: the instrument key is invalid.' };
}

interface Source {
  readonly http: ProviderHttp;
  readonly nowMs: number;
}

async function readDaily(
  { http, nowMs }: Source,
  { key, from, until }: { readonly key: string; readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<DailyHistory, MarketDataFault>> {
  const end = finishedDays(until, nowMs, india);
  const first = from < earliest ? earliest : from;
  const range = { from: first, until: end, windowDays: decadeDays };
  const read = await readCandles(http, { key, unit: 'days', interval: 1, ...range }, signal);
  if (!read.ok) return read;
  const rows = read.value.map(([time, open, high, low, close, volume]) => ({
    day: typeof time === 'string' && time.includes('T') ? time.slice(0, 10) : time,
    open,
    high,
    low,
    close,
    volume,
  }));
  const terms = { from, until: end, nowMs, currency: 'INR', prices: 'split-adjusted' } as const;
  return ok(readDailyRows(rows, terms));
}

interface IntradayAsked {
  readonly key: string;
  readonly unit: 'hours' | 'minutes';
  readonly interval: number;
  readonly windowDays: number;
  readonly lengthMs: number;
  /** Milliseconds, `until` excluded. */
  readonly from: number;
  readonly until: number;
}

async function readIntraday(
  { http, nowMs }: Source,
  { from, until, lengthMs, ...terms }: IntradayAsked,
  signal: AbortSignal,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  const today = dayInIndia(nowMs);
  const end = finishedBars(until, nowMs, lengthMs);
  const bars = new BarsWriter();
  if (from < end) {
    const first = dayInIndia(Math.max(from, Date.parse(earliestIntraday)));
    const after = addDays(dayInIndia(end - 1), 1);
    const isPast = after <= today;
    const range = { from: first, until: isPast ? after : today };
    const past = await readCandles(http, { ...terms, ...range }, signal);
    if (!past.ok) return past;
    write(past.value, bars);
    if (!isPast) {
      const present = await readCandlesOfToday(http, terms, signal);
      if (!present.ok) return present;
      write(present.value, bars);
    }
  }
  return ok({ ...bars.read(from, end, nowMs), currency: 'INR' });
}

function write(candles: readonly Candle[], bars: BarsWriter): void {
  for (const [time, open, high, low, close, volume] of candles) {
    bars.begin(typeof time === 'string' ? Date.parse(time) : Number.NaN, numeric(volume));
    bars.prices(numeric(open), numeric(high), numeric(low), numeric(close));
  }
}

function dayInIndia(ms: number): Day {
  const day = dayInZone(ms, zone);
  invariant(day.ok, `the time zone ${zone} is known`);
  return day.value;
}
