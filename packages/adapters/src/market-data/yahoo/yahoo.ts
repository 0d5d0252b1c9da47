import type { InstrumentKind } from '@plimsoll/domain';
import { type Day, dayNumber, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  Quote,
} from '@plimsoll/ports';
import { finishedDays } from '../../market-data-kit/finished-days.ts';
import { providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { readActions } from '../../market-data-kit/read-actions.ts';
import { readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { soundQuote } from '../../market-data-kit/sound-quote.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { readIntraday, yahooTimeframes } from './read-intraday.ts';
import { type ChartQuery, type YahooClient, yahooClient, yahooFault } from './yahoo-client.ts';
import { dayThere, toActions, toRows, unitOf, type YahooChart } from './yahoo-shapes.ts';
import { micOf, yahooSymbol } from './yahoo-symbol.ts';

export const yahooCapabilities = {
  daily: true,
  actions: true,
  fx: true,
  kinds: ['equity', 'etf', 'fund', 'index', 'fx', 'crypto', 'future', 'commodity'],
  search: true,
  intraday: yahooTimeframes,
  quotes: true,
} as const;

const title = 'Yahoo Finance';
const hint = 'its symbols are named like AAPL, VOD.L, BTC-USD or EURUSD=X';
const dayMs = 86_400_000;
const earliest = '1927-01-01';

/** Prices, dividends and splits from Yahoo Finance; closes and dividends have later splits undone. */
export function yahooProvider(
  settings: ProviderSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const http = providerHttp({
    id: 'yahoo',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { 'user-agent': 'Mozilla/5.0 (compatible; Plimsoll)', accept: 'application/json' },
    faultOf: yahooFault,
  });
  const client = yahooClient(http);
  const { nowMs } = world;
  return {
    id: 'yahoo',
    title,
    simulated: false,
    capabilities: yahooCapabilities,
    health: () => http.health(),
    search: (text, limit) => search(client, text, limit),
    async daily(symbol, from, until, signal) {
      const name = yahooSymbol(symbol);
      if (name === undefined) return unknownSymbol(title, symbol.symbol, hint);
      const history = await daily(client, name, { from, until, nowMs: nowMs() }, signal);
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const name = yahooSymbol(symbol);
      if (name === undefined) return unknownSymbol(title, symbol.symbol, hint);
      const chart = (query: ChartQuery) => client.chart(name, query, signal);
      const history = await readIntraday(chart, { timeframe, from, until, nowMs: nowMs() });
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    async quotes(symbols, signal) {
      const found: Quote[] = [];
      for (const symbol of symbols) {
        const quote = await quoteOf(client, symbol, nowMs(), signal);
        if (quote.ok && quote.value) found.push(quote.value);
        if (!quote.ok && quote.fault.code !== 'market-data.unknown-symbol') return quote;
      }
      return ok(found);
    },
  };
}

interface Range {
  readonly from: Day;
  readonly until: Day;
  readonly nowMs: number;
}

async function daily(
  client: YahooClient,
  name: string,
  { from, until, nowMs }: Range,
  signal: AbortSignal,
): Promise<Result<DailyHistory, MarketDataFault>> {
  const first = dayNumber(from < earliest ? earliest : from);
  const end = Math.min(dayNumber(until), Math.floor(nowMs / dayMs) + 1);
  const none = { from, until, nowMs, currency: null, prices: 'split-adjusted' } as const;
  if (first >= end) return ok(readDailyRows([], none));
  // A day more on both sides: days begin elsewhere in the world at other times.
  const query = { from: (first - 1) * dayMs, until: (end + 1) * dayMs, interval: '1d' } as const;
  const chart = await client.chart(name, query, signal);
  if (!chart.ok) {
    return chart.fault.code === 'market-data.no-data' ? ok(readDailyRows([], none)) : chart;
  }
  const finished = { ...none, until: finishedDays(until, nowMs, dayEnd(chart.value)) };
  const actions = readActions(toActions(chart.value), from, until);
  const { currency } = unitOf(chart.value);
  return ok(readDailyRows(toRows(chart.value), { ...finished, ...actions, currency }));
}

const roundTheClock = new Set(['CRYPTOCURRENCY', 'CURRENCY']);

/** Exchanges have closed by eight in the evening where they are. */
function dayEnd({ meta }: YahooChart) {
  const zone = meta.exchangeTimezoneName ?? 'UTC';
  const isKnown = dayThere({ meta, indicators: { quote: [] } })(0) !== '';
  const overAt = roundTheClock.has(meta.instrumentType ?? '') ? 24 : 20;
  return { zone: isKnown ? zone : 'UTC', overAt };
}

const kinds: Readonly<Record<string, InstrumentKind>> = {
  EQUITY: 'equity',
  ETF: 'etf',
  MUTUALFUND: 'fund',
  INDEX: 'index',
  CURRENCY: 'fx',
  CRYPTOCURRENCY: 'crypto',
  FUTURE: 'future',
};

async function search(
  client: YahooClient,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  if (text.trim() === '' || limit <= 0) return ok([]);
  const { signal } = new AbortController();
  const count = Math.min(limit, 50);
  const found = await client.search(text.trim().slice(0, 100), count, signal);
  if (!found.ok) return found;
  const symbols = found.value.quotes.flatMap(
    ({ symbol, quoteType, longname, shortname, exchange }) => {
      const kind = kinds[quoteType ?? ''];
      if (symbol === undefined || kind === undefined) return [];
      const name = longname ?? shortname;
      const mic = micOf(exchange);
      return [
        {
          symbol,
          kind,
          ...(name === undefined ? {} : { name }),
          ...(mic === undefined ? {} : { mic }),
        },
      ];
    },
  );
  return ok(symbols.slice(0, limit));
}

/** From the head of a short chart: Yahoo's own list of quotes wants consent to its cookies. */
async function quoteOf(
  client: YahooClient,
  symbol: ProviderSymbol,
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<Quote | undefined, MarketDataFault>> {
  const name = yahooSymbol(symbol);
  if (name === undefined) return ok(undefined);
  const query = { from: nowMs - 10 * dayMs, until: nowMs + dayMs, interval: '1d' } as const;
  const chart = await client.chart(name, query, signal);
  if (!chart.ok) return chart;
  const { regularMarketTime, regularMarketPrice } = chart.value.meta;
  const { currency, factor } = unitOf(chart.value);
  const at = regularMarketTime ?? Number.NaN;
  const today = dayThere(chart.value)(at);
  const before = toRows(chart.value).filter(
    ({ day, close }) => close !== null && String(day) < today,
  );
  const row = {
    symbol: symbol.symbol,
    at,
    last: (regularMarketPrice ?? Number.NaN) * factor,
    previousClose: before.at(-1)?.close,
    currency,
  };
  return ok(soundQuote(row, nowMs));
}
