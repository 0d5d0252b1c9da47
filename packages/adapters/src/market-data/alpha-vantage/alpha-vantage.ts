import {
  addDays,
  dayFromNumber,
  dayNumber,
  isDay,
  ok,
  type Result,
  refuse,
} from '@plimsoll/kernel';
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
import type { ProviderSettings } from '../../market-data-kit/provider-settings.ts';
import { type ActionRow, readActions } from '../../market-data-kit/read-actions.ts';
import { type DailyRowsOptions, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { soundQuote } from '../../market-data-kit/sound-quote.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import {
  type AlphaVantageSeries,
  actionsWithin,
  alphaVantageFault,
  dividendsShape,
  field,
  quoteShape,
  searchShape,
  seriesShape,
  splitsShape,
  toRows,
} from './alpha-vantage-shapes.ts';
import { type AlphaVantageSymbol, alphaVantageSymbol } from './alpha-vantage-symbol.ts';
import { alphaVantageTimeframes, readIntraday } from './read-intraday.ts';

export interface AlphaVantageSettings extends ProviderSettings {
  readonly key: string;
  readonly requestsPerDay: number;
  readonly plan: 'free' | 'premium';
}

export const alphaVantageCapabilities = {
  daily: true,
  actions: true,
  fx: true,
  kinds: ['equity', 'etf', 'fund', 'fx', 'crypto'],
  search: true,
  intraday: alphaVantageTimeframes,
  quotes: true,
} as const;

const title = 'Alpha Vantage';
const hint = 'its symbols are named like IBM, TSCO.LON or MBG.DEX';
const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** The short reply has the last hundred sessions; so many days back they reach for certain. */
const compactDays = 130;
const path = '/query';

/** Prices, dividends and splits from Alpha Vantage; closes are as traded. */
export function alphaVantageProvider(
  settings: AlphaVantageSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const { requestsPerDay } = settings;
  const http = providerHttp({
    id: 'alpha-vantage',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [
      { requests: settings.requestsPerMinute, perMs: 60_000 },
      { requests: requestsPerDay, perMs: dayMs, burst: requestsPerDay },
    ],
    timeoutMs: settings.timeoutSeconds * 1000,
    query: { apikey: settings.key },
    secrets: [settings.key],
    faultOf: alphaVantageFault,
  });
  const { nowMs } = world;
  return {
    id: 'alpha-vantage',
    title,
    simulated: false,
    capabilities: alphaVantageCapabilities,
    health: () => http.health(),
    search: (text, limit) => search(http, text, limit),
    async daily(symbol, from, until, signal) {
      const named = alphaVantageSymbol(symbol);
      if (!named) return unknownSymbol(title, symbol.symbol, hint);
      const end = finishedDays(until, nowMs(), named.part === 'equity' ? american : aroundTheClock);
      const { currency } = named;
      const range: Range = { from, until: end, nowMs: nowMs(), currency, prices: 'as-traded' };
      if (from >= end) return ok(readDailyRows([], range));
      const ask =
        named.part !== 'equity' ? ofPair : settings.plan === 'free' ? ofShare : ofShareAdjusted;
      const history = await ask(http, named, range, signal);
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    async intraday(symbol, timeframe, ...[from, until, signal]) {
      const named = alphaVantageSymbol(symbol);
      if (named?.part !== 'equity') return unknownSymbol(title, symbol.symbol, hint);
      const range = { timeframe, from, until, nowMs: nowMs() };
      const history = await readIntraday(http, named, range, signal);
      return history.ok ? history : naming(history, title, symbol.symbol, hint);
    },
    async quotes(symbols, signal) {
      const found: Quote[] = [];
      for (const symbol of symbols) {
        const quote = await quoteOf(http, symbol, nowMs(), signal);
        if (!quote.ok) return quote;
        if (quote.value) found.push(quote.value);
      }
      return ok(found);
    },
  };
}

type Range = DailyRowsOptions;
type Ask = (
  http: ProviderHttp,
  named: AlphaVantageSymbol,
  range: Range,
  signal: AbortSignal,
) => Promise<Result<DailyHistory, MarketDataFault>>;

const outputSize = ({ from, nowMs }: Range): string =>
  from < dayFromNumber(Math.floor(nowMs / dayMs) - compactDays) ? 'full' : 'compact';

/** The free plan has dividends and splits apart from the prices; they change seldom. */
const ofShare: Ask = async (http, named, range, signal) => {
  if (named.part !== 'equity') return unknownSymbol(title, named.base, hint);
  const symbol = named.name;
  const query = { function: 'TIME_SERIES_DAILY', symbol, outputsize: outputSize(range) };
  const series = await http.json(path, query, { signal, shape: seriesShape });
  if (!series.ok) return series;
  const other = otherSymbol(series.value, 'Symbol', symbol);
  if (other) return other;
  const kept = { signal, cacheForMs: 12 * hourMs };
  const dividends = await http.json(
    path,
    { function: 'DIVIDENDS', symbol },
    { ...kept, shape: dividendsShape },
  );
  if (!dividends.ok) return dividends;
  const splits = await http.json(
    path,
    { function: 'SPLITS', symbol },
    { ...kept, shape: splitsShape },
  );
  if (!splits.ok) return splits;
  const rows: ActionRow[] = [
    ...dividends.value.data.map((one) => ({
      kind: 'dividend' as const,
      day: one.ex_dividend_date,
      payDay: one.payment_date,
      value: one.amount,
      currency: named.currency,
    })),
    ...splits.value.data.map((one) => ({
      kind: 'split' as const,
      day: one.effective_date,
      value: one.split_factor,
    })),
  ];
  const actions = readActions(rows, range.from, range.until);
  return ok(readDailyRows(toRows(series.value), { ...range, ...actions }));
};

const ofShareAdjusted: Ask = async (http, named, range, signal) => {
  if (named.part !== 'equity') return unknownSymbol(title, named.base, hint);
  const query = {
    function: 'TIME_SERIES_DAILY_ADJUSTED',
    symbol: named.name,
    outputsize: outputSize(range),
  };
  const series = await http.json(path, query, { signal, shape: seriesShape });
  if (!series.ok) return series;
  const other = otherSymbol(series.value, 'Symbol', named.name);
  if (other) return other;
  const rows = actionsWithin(series.value, named.currency);
  const actions = readActions(rows, range.from, range.until);
  return ok(readDailyRows(toRows(series.value), { ...range, ...actions }));
};

const ofPair: Ask = async (http, named, range, signal) => {
  if (named.part === 'equity') return unknownSymbol(title, named.name, hint);
  const { base, currency } = named;
  const query =
    named.part === 'fx'
      ? {
          function: 'FX_DAILY',
          from_symbol: base,
          to_symbol: currency,
          outputsize: outputSize(range),
        }
      : { function: 'DIGITAL_CURRENCY_DAILY', symbol: base, market: currency };
  const series = await http.json(path, query, { signal, shape: seriesShape });
  if (!series.ok) return series;
  const told = named.part === 'fx' ? 'From Symbol' : 'Digital Currency Code';
  return otherSymbol(series.value, told, base) ?? ok(readDailyRows(toRows(series.value), range));
};

/** A refusal where the reply is about something else than what was asked for. */
function otherSymbol(
  { meta }: AlphaVantageSeries,
  name: string,
  asked: string,
): Result<never, MarketDataFault> | undefined {
  const told = String(field(meta, name) ?? '');
  if (told.toUpperCase() === asked.toUpperCase()) return undefined;
  const detail = `${title} was asked for ${asked} and answered with ${told.slice(0, 40) || 'nothing that it names'}.`;
  return refuse({ code: 'market-data.unreadable', detail });
}

const kinds: Readonly<Record<string, 'equity' | 'etf' | 'fund'>> = {
  Equity: 'equity',
  ETF: 'etf',
  'Mutual Fund': 'fund',
};

async function search(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  if (text.trim() === '' || limit <= 0) return ok([]);
  const query = { function: 'SYMBOL_SEARCH', keywords: text.trim().slice(0, 100) };
  const { signal } = new AbortController();
  const found = await http.json(path, query, { signal, shape: searchShape, cacheForMs: hourMs });
  if (!found.ok) return found;
  const symbols = found.value.bestMatches.flatMap((match) => {
    const [symbol, name, type, currency] = ['symbol', 'name', 'type', 'currency'].map((one) =>
      String(field(match, one) ?? ''),
    );
    const kind = kinds[type ?? ''];
    if (!symbol) return [];
    const unit = currency && /^[A-Za-z]{3}$/.test(currency) ? { currency } : {};
    return [{ symbol, ...(name ? { name } : {}), ...(kind ? { kind } : {}), ...unit }];
  });
  return ok(symbols.slice(0, limit));
}

/** The reply tells the day of the quote and not its time: the end of that day, or now. */
async function quoteOf(
  http: ProviderHttp,
  symbol: ProviderSymbol,
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<Quote | undefined, MarketDataFault>> {
  const named = alphaVantageSymbol(symbol);
  if (named?.part !== 'equity') return ok(undefined);
  const query = { function: 'GLOBAL_QUOTE', symbol: named.name };
  const reply = await http.json(path, query, { signal, shape: quoteShape });
  if (!reply.ok) return reply.fault.code === 'market-data.unknown-symbol' ? ok(undefined) : reply;
  const quote = reply.value['Global Quote'];
  const day = field(quote, 'latest trading day');
  if (typeof day !== 'string' || !isDay(day)) return ok(undefined);
  const row = {
    symbol: symbol.symbol,
    at: Math.min(nowMs, dayNumber(addDays(day, 1)) * dayMs),
    last: field(quote, 'price'),
    previousClose: field(quote, 'previous close'),
    currency: named.currency,
  };
  return ok(soundQuote(row, nowMs));
}
