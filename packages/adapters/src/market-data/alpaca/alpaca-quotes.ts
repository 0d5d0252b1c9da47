/** https://docs.alpaca.markets/reference/stocksnapshots-1 and /cryptosnapshots-1 (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol, Quote } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { type QuoteRow, soundQuote } from '../../market-data-kit/sound-quote.ts';
import { inParts } from '../../market-data-kit/stream-protocol.ts';
import { alpacaSymbol } from './alpaca-symbol.ts';

const snapshot = z
  .object({
    latestTrade: z
      .object({ t: z.unknown().optional(), p: z.unknown().optional(), s: z.unknown().optional() })
      .nullish(),
    latestQuote: z
      .object({ t: z.unknown().optional(), bp: z.unknown().optional(), ap: z.unknown().optional() })
      .nullish(),
    prevDailyBar: z.object({ c: z.unknown().optional() }).nullish(),
  })
  .nullable();
type Snapshot = z.infer<typeof snapshot>;

const snapshots = z.record(z.string(), snapshot);
const cryptoSnapshots = z.object({ snapshots });
const symbolsPerRequest = 100;

interface Source {
  readonly http: ProviderHttp;
  readonly nowMs: number;
  readonly feed: string;
}

/** The latest quotes of shares and coins; what Alpaca does not know is left out. */
export async function readAlpacaQuotes(
  source: Source,
  symbols: readonly ProviderSymbol[],
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const wanted = { stocks: new Map<string, string>(), crypto: new Map<string, string>() };
  for (const symbol of symbols) {
    const known = alpacaSymbol(symbol);
    if (known) wanted[known.market].set(known.name, symbol.symbol);
  }
  const stocks = await readMarket(source, 'stocks', wanted.stocks, signal);
  if (!stocks.ok) return stocks;
  const coins = await readMarket(source, 'crypto', wanted.crypto, signal);
  return coins.ok ? ok([...stocks.value, ...coins.value]) : coins;
}

/** `wanted`: by Alpaca's name, as it was asked for. */
async function readMarket(
  source: Source,
  market: 'stocks' | 'crypto',
  wanted: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const quotes: Quote[] = [];
  for (const part of inParts([...wanted.keys()], symbolsPerRequest)) {
    const read = await readPart(source, market, part, signal);
    if (!read.ok) return read;
    for (const name of part) {
      const given = toRow(name, read.value[name] ?? null);
      const quote = soundQuote({ ...given, symbol: wanted.get(name) ?? name }, source.nowMs);
      if (quote) quotes.push(quote);
    }
  }
  return ok(quotes);
}

async function readPart(
  { http, feed }: Source,
  market: 'stocks' | 'crypto',
  names: readonly string[],
  signal: AbortSignal,
): Promise<Result<Readonly<Record<string, Snapshot>>, MarketDataFault>> {
  const query = { symbols: names.join(',') };
  if (market === 'stocks') {
    return http.json('/v2/stocks/snapshots', { ...query, feed }, { signal, shape: snapshots });
  }
  const path = '/v1beta3/crypto/us/snapshots';
  const answer = await http.json(path, query, { signal, shape: cryptoSnapshots });
  return answer.ok ? ok(answer.value.snapshots) : answer;
}

const instant = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(value) : Number.NaN;

function toRow(name: string, given: Snapshot): Omit<QuoteRow, 'symbol'> {
  const trade = given?.latestTrade;
  const quote = given?.latestQuote;
  const times = [instant(trade?.t), instant(quote?.t)].filter((at) => !Number.isNaN(at));
  return {
    at: times.length === 0 ? Number.NaN : Math.max(...times),
    last: trade?.p,
    size: trade?.s,
    bid: quote?.bp,
    ask: quote?.ap,
    previousClose: given?.prevDailyBar?.c,
    currency: name.split('/')[1] ?? 'USD',
  };
}
