import { addDays, type Day, ok, type Result, refuse } from '@plimsoll/kernel';
import type {
  DailyHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
  Quote,
} from '@plimsoll/ports';
import { american, aroundTheClock, finishedDays } from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { readActions } from '../../market-data-kit/read-actions.ts';
import { type DailyRowsOptions, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { type QuoteRow, soundQuote } from '../../market-data-kit/sound-quote.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { readIntraday, tiingoTimeframes } from './read-intraday.ts';
import {
  actionsOf,
  cryptoShape,
  dailyShape,
  fxShape,
  quotesShape,
  searchShape,
  type TiingoQuote,
  toDailyRow,
  toRow,
} from './tiingo-shapes.ts';
import { type TiingoSymbol, tiingoSymbol } from './tiingo-symbol.ts';

export interface TiingoSettings extends ProviderSettings {
  readonly key: string;
  readonly requestsPerHour: number;
}

export const tiingoCapabilities = {
  daily: true,
  actions: true,
  fx: true,
  kinds: ['equity', 'etf', 'fund', 'crypto', 'fx'],
  search: true,
  intraday: tiingoTimeframes,
  quotes: true,
} as const;

const title = 'Tiingo';
const hint = 'it has the exchanges of the United States, and pairs like btcusd and eurusd';
const earliest = '1900-01-01';
const hourMs = 3_600_000;

/** Prices, dividends and splits from Tiingo's REST interface; closes are as traded. */
export function tiingoProvider(settings: TiingoSettings, world: ProviderWorld): MarketDataProvider {
  const http = providerHttp({
    id: 'tiingo',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [
      { requests: settings.requestsPerMinute, perMs: 60_000 },
      { requests: settings.requestsPerHour, perMs: hourMs },
    ],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: { authorization: `Token ${settings.key}`, accept: 'application/json' },
    secrets: [settings.key],
    faultOf: tiingoFault,
  });
  return {
    id: 'tiingo',
    title,
    simulated: false,
    capabilities: tiingoCapabilities,
    health: () => http.health(),
    search: (text, limit) => search(http, text, limit),
    async daily(symbol, from, until, signal) {
      const named = tiingoSymbol(symbol);
      if (!named) return unknownSymbol(title, symbol.symbol, hint);
      const nowMs = world.nowMs();
      const end = finishedDays(until, nowMs, named.part === 'daily' ? american : aroundTheClock);
      const { currency } = named;
      const range = { from, until: end, nowMs, currency, prices: 'as-traded' } as const;
      if (from >= end) return ok(readDailyRows([], range));
      const history = await byPart[named.part](http, named, range, signal);
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const named = tiingoSymbol(symbol);
      if (named?.part !== 'daily') return unknownSymbol(title, symbol.symbol, hint);
      const range = { timeframe, from, until, nowMs: world.nowMs() };
      const history = await readIntraday(http, named.name, range, signal);
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    quotes: (symbols, signal) => quotes(http, symbols, world.nowMs(), signal),
  };
}

/** Tiingo tells what is wrong in `detail`; the limit has had several statuses. */
function tiingoFault(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status === 404) {
    return { code: 'market-data.unknown-symbol', detail: `${title} does not know the symbol.` };
  }
  const text = reply.bytes.length < 2000 ? reply.text() : '';
  if (/run over your (?:\w+ )?request allocation|over your .*limit/i.test(text)) {
    const hourly = !/daily|monthly/i.test(text);
    return {
      code: 'market-data.rate-limited',
      detail: `${title}: the requests of the ${hourly ? 'hour' : 'day or month'} are used up.`,
      retryAfterMs: hourly ? hourMs : 12 * hourMs,
    };
  }
  return undefined;
}

type Range = DailyRowsOptions & { readonly currency: string };
type History = Promise<Result<DailyHistory, MarketDataFault>>;
type Ask = (http: ProviderHttp, named: TiingoSymbol, range: Range, signal: AbortSignal) => History;

const days = ({ from, until }: Range): { readonly startDate: Day; readonly endDate: Day } => ({
  startDate: from < earliest ? earliest : from,
  endDate: addDays(until, -1),
});

const daily: Ask = async (http, { name, currency }, range, signal) => {
  const path = `/tiingo/daily/${encodeURIComponent(name)}/prices`;
  const reply = await http.json(path, days(range), { signal, shape: dailyShape });
  if (!reply.ok) return reply;
  const actions = readActions(actionsOf(reply.value, currency), range.from, range.until);
  return ok(readDailyRows(reply.value.map(toDailyRow), { ...range, ...actions }));
};

const crypto: Ask = async (http, { name }, range, signal) => {
  const query = { tickers: name, resampleFreq: '1day', ...days(range) };
  const reply = await http.json('/tiingo/crypto/prices', query, { signal, shape: cryptoShape });
  if (!reply.ok) return reply;
  const [found] = reply.value;
  if (!found) return unknownSymbol(title, name, hint);
  if (found.ticker.toLowerCase() !== name) return otherSymbol(name, found.ticker);
  return ok(readDailyRows(found.priceData.map(toRow), range));
};

const fx: Ask = async (http, { name }, range, signal) => {
  const query = { resampleFreq: '1day', ...days(range) };
  const path = `/tiingo/fx/${encodeURIComponent(name)}/prices`;
  const reply = await http.json(path, query, { signal, shape: fxShape });
  if (!reply.ok) return reply;
  const other = reply.value.find(({ ticker }) => ticker.toLowerCase() !== name);
  if (other) return otherSymbol(name, other.ticker);
  return ok(readDailyRows(reply.value.map(toRow), range));
};

const byPart = { daily, crypto, fx };

const otherSymbol = (name: string, got: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unreadable',
    detail: `${title} was asked for ${name} and answered with ${got.slice(0, 40)}.`,
  });

const kinds: Readonly<Record<string, 'equity' | 'etf' | 'fund'>> = {
  Stock: 'equity',
  ETF: 'etf',
  'Mutual Fund': 'fund',
};

async function search(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  if (text.trim() === '' || limit <= 0) return ok([]);
  const query = { query: text.trim().slice(0, 100), limit: Math.min(limit, 100) };
  const signal = new AbortController().signal;
  const found = await http.json('/tiingo/utilities/search', query, {
    signal,
    shape: searchShape,
    cacheForMs: hourMs,
  });
  if (!found.ok) return found;
  const symbols = found.value.map(({ ticker, name, assetType }) => {
    const kind = kinds[assetType ?? ''];
    return { symbol: ticker, ...(name ? { name } : {}), ...(kind ? { kind } : {}) };
  });
  return ok(symbols.slice(0, limit));
}

const symbolsPerRequest = 50;

async function quotes(
  http: ProviderHttp,
  symbols: readonly ProviderSymbol[],
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const asked = new Map<string, string>();
  for (const symbol of symbols) {
    const named = tiingoSymbol(symbol);
    if (named?.part === 'daily') asked.set(named.name, symbol.symbol);
  }
  const found: Quote[] = [];
  const names = [...asked.keys()];
  for (let at = 0; at < names.length; at += symbolsPerRequest) {
    const tickers = names.slice(at, at + symbolsPerRequest).join(',');
    const reply = await http.json('/iex/', { tickers }, { signal, shape: quotesShape });
    if (!reply.ok) return reply;
    for (const row of reply.value) {
      const symbol = asked.get(row.ticker.toUpperCase());
      const quote = symbol === undefined ? undefined : soundQuote(toQuoteRow(symbol, row), nowMs);
      if (quote) found.push(quote);
    }
  }
  return ok(found);
}

const toQuoteRow = (symbol: string, row: TiingoQuote): QuoteRow => ({
  symbol,
  at: Date.parse(row.timestamp ?? ''),
  last: Number.isNaN(numeric(row.tngoLast)) ? row.last : row.tngoLast,
  size: row.lastSize,
  bid: row.bidPrice,
  ask: row.askPrice,
  previousClose: row.prevClose,
  currency: 'USD',
});
