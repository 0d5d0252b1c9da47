/** https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type {
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  Quote,
  Timeframe,
} from '@plimsoll/ports';
import { z } from 'zod';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import { aroundTheClock, finishedBars, finishedDays } from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import { keptValue } from '../../market-data-kit/kept-value.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { quoteStream } from '../../market-data-kit/quote-stream.ts';
import { dayAt, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { type QuoteRow, soundQuote } from '../../market-data-kit/sound-quote.ts';
import { inParts } from '../../market-data-kit/stream-protocol.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { binanceFault } from './binance-fault.ts';
import type { BinanceSettings } from './binance-settings.ts';
import { binanceStream } from './binance-stream.ts';
import { binanceSymbol } from './binance-symbol.ts';
import { readKlines } from './read-klines.ts';

const title = 'Binance';
const hint = 'its symbols are named like BTCUSDT';
/** Before the exchange opened. */
const opened = '2017-07-01';
const listingKeptMs = 12 * 3_600_000;
const symbolsPerRequest = 100;

const lengths = { '1s': 1000, '1m': 60_000, '5m': 300_000, '15m': 900_000, '1h': 3_600_000 };
type BinanceTimeframe = keyof typeof lengths;

export const binanceCapabilities = {
  daily: true,
  actions: false,
  fx: false,
  kinds: ['crypto'],
  search: true,
  intraday: Object.keys(lengths) as Timeframe[],
  quotes: true,
  stream: true,
} as const;

const listingShape = z.object({
  symbols: z.array(z.object({ symbol: z.string(), baseAsset: z.string(), quoteAsset: z.string() })),
});
const tickerShape = z.array(
  z.object({
    symbol: z.string(),
    lastPrice: z.unknown().optional(),
    lastQty: z.unknown().optional(),
    bidPrice: z.unknown().optional(),
    askPrice: z.unknown().optional(),
    prevClosePrice: z.unknown().optional(),
    closeTime: z.unknown().optional(),
  }),
);

export function binanceProvider(
  settings: BinanceSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const http = providerHttp({
    id: 'binance',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    faultOf: (reply) => binanceFault(reply, world.nowMs()),
  });
  const listing = keptValue(listingKeptMs, world.nowMs, () => readListing(http));
  return {
    id: 'binance',
    title,
    simulated: false,
    capabilities: binanceCapabilities,
    health: http.health,
    async search(text, limit) {
      const known = await listing();
      if (!known.ok) return known;
      const wanted = text.trim().toUpperCase().replace(/[-/]/g, '');
      const found = [...known.value.values()].filter(({ symbol }) => symbol.includes(wanted));
      found.sort((a, b) => a.symbol.length - b.symbol.length);
      return ok(found.slice(0, Math.max(0, limit)));
    },
    async daily(symbol, from, until, signal) {
      const name = binanceSymbol(symbol);
      if (name === undefined) return unknownSymbol(title, symbol.symbol, hint);
      const nowMs = world.nowMs();
      const first = from < opened ? opened : from;
      const end = finishedDays(until, nowMs, aroundTheClock);
      const range = { from: Date.parse(first), until: first < end ? Date.parse(end) : 0 };
      const read = await readKlines(http, { symbol: name, interval: '1d', ...range }, signal);
      if (!read.ok) return naming(read, title, symbol.symbol, hint);
      const rows = read.value.map(([time, open, high, low, close, volume]) => {
        return { day: dayAt(numeric(time)), open, high, low, close, volume };
      });
      const currency = currencyPair({ symbol: name, kind: 'crypto' })?.quote ?? null;
      return ok(readDailyRows(rows, { from, until: end, nowMs, currency, prices: 'as-traded' }));
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const name = binanceSymbol(symbol);
      if (name === undefined) return unknownSymbol(title, symbol.symbol, hint);
      const nowMs = world.nowMs();
      const end = finishedBars(until, nowMs, lengths[timeframe as BinanceTimeframe]);
      const range = { from: Math.max(from, Date.parse(opened)), until: end };
      const read = await readKlines(http, { symbol: name, interval: timeframe, ...range }, signal);
      if (!read.ok) return naming(read, title, symbol.symbol, hint);
      const bars = new BarsWriter();
      for (const [time, open, high, low, close, volume] of read.value) {
        bars.begin(numeric(time), numeric(volume));
        bars.prices(numeric(open), numeric(high), numeric(low), numeric(close));
      }
      const currency = currencyPair({ symbol: name, kind: 'crypto' })?.quote ?? null;
      return ok({ ...bars.read(from, end, nowMs), currency });
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      const known = await listing();
      if (!known.ok) return known;
      return readQuotes({ http, listing: known.value, nowMs: world.nowMs() }, symbols, signal);
    },
    stream: (sink, signal) =>
      quoteStream(binanceStream(settings.streamUrl, world.nowMs), { world }, sink, signal),
  };
}

type Listing = ReadonlyMap<string, ProviderSymbol>;

/** All pairs that are traded. */
async function readListing(http: ProviderHttp): Promise<Result<Listing, MarketDataFault>> {
  const query = { permissions: 'SPOT', showPermissionSets: 'false', symbolStatus: 'TRADING' };
  const { signal } = new AbortController();
  const answer = await http.json('/api/v3/exchangeInfo', query, { signal, shape: listingShape });
  if (!answer.ok) return answer;
  return ok(
    new Map(
      answer.value.symbols.map(({ symbol, baseAsset, quoteAsset }) => [
        symbol,
        { symbol, currency: quoteAsset, name: `${baseAsset}/${quoteAsset}`, kind: 'crypto' },
      ]),
    ),
  );
}

interface QuoteSources {
  readonly http: ProviderHttp;
  readonly listing: Listing;
  readonly nowMs: number;
}

const toRow = (ticker: z.infer<typeof tickerShape>[number]): Omit<QuoteRow, 'symbol'> => ({
  at: ticker.closeTime,
  last: ticker.lastPrice,
  size: ticker.lastQty,
  bid: ticker.bidPrice,
  ask: ticker.askPrice,
  previousClose: ticker.prevClosePrice,
  currency: currencyPair({ symbol: ticker.symbol, kind: 'crypto' })?.quote,
});

/** One unknown symbol would have the whole request refused, so they are left out before. */
async function readQuotes(
  { http, listing, nowMs }: QuoteSources,
  symbols: readonly ProviderSymbol[],
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const askedAs = new Map<string, string>();
  for (const symbol of symbols) {
    const name = binanceSymbol(symbol);
    if (name !== undefined && listing.has(name)) askedAs.set(name, symbol.symbol);
  }
  const quotes: Quote[] = [];
  for (const part of inParts([...askedAs.keys()], symbolsPerRequest)) {
    const query = { symbols: JSON.stringify(part) };
    const answer = await http.json('/api/v3/ticker/24hr', query, { signal, shape: tickerShape });
    if (!answer.ok) return answer;
    for (const ticker of answer.value) {
      const symbol = askedAs.get(ticker.symbol);
      if (symbol === undefined) continue;
      const quote = soundQuote({ ...toRow(ticker), symbol }, nowMs);
      if (quote) quotes.push(quote);
    }
  }
  return ok(quotes);
}
