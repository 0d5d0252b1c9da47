/** https://docs.coingecko.com (2026-11-21). */
import { addDays, type Day, ok, type Result } from '@plimsoll/kernel';
import type {
  DailyHistory,
  IntradayHistory,
  MarketDataFault,
  MarketDataProvider,
  ProviderSymbol,
  ProviderWorld,
} from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { aroundTheClock, finishedBars, finishedDays } from '../../market-data-kit/finished-days.ts';
import { type ProviderHttp, providerHttp } from '../../market-data-kit/http/provider-http.ts';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { dayAt, readDailyRows } from '../../market-data-kit/read-daily-rows.ts';
import { cancelled } from '../../market-data-kit/refusals.ts';
import { fieldsOf } from '../../market-data-kit/stream-protocol.ts';
import { naming, unknownSymbol } from '../../market-data-kit/unknown-symbol.ts';
import { coinName, idOfTicker, searchCoins } from './coingecko-coins.ts';
import { dailyRows, readCandles, readCloses } from './coingecko-history.ts';
import { type CoinId, readCoinQuotes } from './coingecko-quotes.ts';
import type { CoingeckoSettings } from './coingecko-settings.ts';

const title = 'CoinGecko';
const hint = 'its coins are named by id (bitcoin) or ticker (BTC, BTC-EUR)';
const earliest: Day = '2013-04-28';
const hourMs = 3_600_000;
const freeDays = 365;

const shared = {
  daily: true,
  actions: false,
  fx: false,
  kinds: ['crypto'],
  search: true,
  quotes: true,
} as const;

/** Candles, and with them hours, are of the paid plans. */
export const coingeckoCapabilities = {
  demo: shared,
  pro: { ...shared, intraday: ['1h'] },
} as const;

export function coingeckoProvider(
  settings: CoingeckoSettings,
  world: ProviderWorld,
): MarketDataProvider {
  const { plan, key } = settings;
  const http = providerHttp({
    id: 'coingecko',
    title,
    baseUrl: settings.baseUrl,
    world,
    rates: [{ requests: settings.requestsPerMinute, perMs: 60_000 }],
    timeoutMs: settings.timeoutSeconds * 1000,
    headers: key === undefined ? {} : { [`x-cg-${plan}-api-key`]: key },
    secrets: [key],
    faultOf,
  });
  const source = () => ({ http, plan, nowMs: world.nowMs() });
  const provider: MarketDataProvider = {
    id: 'coingecko',
    title,
    simulated: false,
    capabilities: coingeckoCapabilities[plan],
    health: http.health,
    search: (text, limit) => searchCoins(http, text, limit),
    async daily(symbol, from, until, signal) {
      const coin = await coinOf(http, symbol, signal);
      if (!coin.ok) return coin;
      const read = await readDaily(source(), coin.value, { from, until }, signal);
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
    async quotes(symbols, signal) {
      if (signal.aborted) return cancelled();
      const coins: CoinId[] = [];
      for (const symbol of symbols) {
        const coin = await coinOf(http, symbol, signal);
        if (coin.ok) coins.push({ ...coin.value, symbol: symbol.symbol });
        else if (coin.fault.code !== 'market-data.unknown-symbol') return coin;
      }
      return readCoinQuotes(source(), coins, signal);
    },
  };
  if (plan === 'demo') return provider;
  return {
    ...provider,
    async intraday(symbol, _timeframe, ...[from, until, signal]) {
      const coin = await coinOf(http, symbol, signal);
      if (!coin.ok) return coin;
      const read = await readHours(source(), coin.value, { from, until }, signal);
      return read.ok ? read : naming(read, title, symbol.symbol, hint);
    },
  };
}

/**
 * A range beyond the free plan comes with 401 as a bad key does, told apart by its code; a currency
 * that is none with 400 or 422.
 */
function faultOf(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.status < 400) return undefined;
  const body = fieldsOf<'error' | 'status'>(reply.json());
  const inner = fieldsOf<'status'>(body?.error)?.status ?? body?.status;
  const code = fieldsOf<'error_code'>(inner)?.error_code;
  if (code === 10_012 || code === 10_005 || code === 10_006) {
    const detail = 'CoinGecko does not offer this, or not this far back, on the plan of the key.';
    return { code: 'market-data.not-covered', detail };
  }
  if (/invalid vs_currency/i.test(reply.text())) {
    const detail = 'CoinGecko has no prices in that currency.';
    return { code: 'market-data.not-covered', detail };
  }
  return undefined;
}

interface Coin {
  readonly id: string;
  readonly currency: string;
}

async function coinOf(
  http: ProviderHttp,
  symbol: ProviderSymbol,
  signal: AbortSignal,
): Promise<Result<Coin, MarketDataFault>> {
  const name = coinName(symbol);
  if (name?.id !== undefined) return ok({ id: name.id, currency: name.currency });
  if (name?.ticker === undefined) return unknownSymbol(title, symbol.symbol, hint);
  const found = await idOfTicker(http, name.ticker, signal);
  if (!found.ok) return found;
  if (found.value === null) return unknownSymbol(title, symbol.symbol, hint);
  return ok({ id: found.value, currency: name.currency });
}

interface Source {
  readonly http: ProviderHttp;
  readonly plan: 'demo' | 'pro';
  readonly nowMs: number;
}

/** The free plan knows a year: the rest of the range is left out, and said. */
async function readDaily(
  { http, plan, nowMs }: Source,
  { id, currency }: Coin,
  { from, until }: { readonly from: Day; readonly until: Day },
  signal: AbortSignal,
): Promise<Result<DailyHistory, MarketDataFault>> {
  const end = finishedDays(until, nowMs, aroundTheClock);
  const free = addDays(dayAt(nowMs), 1 - freeDays);
  const oldest = plan === 'pro' ? earliest : free;
  const first = from < oldest ? oldest : from;
  const terms = { from, until: end, nowMs, currency, prices: 'as-traded' } as const;
  const isCut = plan === 'demo' && from < free && earliest < end;
  const notes = isCut
    ? [`The plan of the key goes back to ${free}; days before it are missing.`]
    : [];
  if (first >= end) return ok({ ...readDailyRows([], terms), notes });
  const range = { id, currency, from: Date.parse(addDays(first, 1)), to: Date.parse(end) };
  const rows = await (plan === 'pro'
    ? readDailyCandles(http, range, nowMs, signal)
    : readCloses(http, range, nowMs, signal));
  if (!rows.ok) return rows;
  const history = readDailyRows(rows.value, terms);
  return ok({ ...history, notes: [...(history.notes ?? []), ...notes] });
}

const readDailyCandles: typeof readCloses = async (http, range, nowMs, signal) => {
  const read = await readCandles(http, range, 'daily', signal);
  return read.ok ? ok(dailyRows(read.value, nowMs)) : read;
};

/** Candles are stamped with their end, bars with their start. */
async function readHours(
  { http, nowMs }: Source,
  { id, currency }: Coin,
  { from, until }: { readonly from: number; readonly until: number },
  signal: AbortSignal,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  const end = finishedBars(until, nowMs, hourMs);
  const bars = new BarsWriter();
  const range = { id, currency, from: from + hourMs, to: end + hourMs };
  const read = from < end ? await readCandles(http, range, 'hourly', signal) : ok([]);
  if (!read.ok) return read;
  for (const [stamp, open, high, low, close] of read.value) {
    bars.begin(numeric(stamp) - hourMs, Number.NaN);
    bars.prices(numeric(open), numeric(high), numeric(low), numeric(close));
  }
  return ok({ ...bars.read(from, end, nowMs), currency });
}
