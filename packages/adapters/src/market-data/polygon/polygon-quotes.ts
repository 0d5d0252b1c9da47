/** https://massive.com/docs/rest/stocks/snapshots/unified-snapshot (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol, Quote } from '@plimsoll/ports';
import { z } from 'zod';
import { currencyPair } from '../../market-data-kit/currency-pair.ts';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { type QuoteRow, soundQuote } from '../../market-data-kit/sound-quote.ts';
import { inParts } from '../../market-data-kit/stream-protocol.ts';
import { polygonSymbol } from './polygon-symbol.ts';

const snapshot = z.object({
  ticker: z.string(),
  last_trade: z
    .object({
      price: z.unknown().optional(),
      size: z.unknown().optional(),
      sip_timestamp: z.unknown().optional(),
      participant_timestamp: z.unknown().optional(),
      last_updated: z.unknown().optional(),
    })
    .nullish(),
  last_quote: z
    .object({
      bid: z.unknown().optional(),
      ask: z.unknown().optional(),
      last_updated: z.unknown().optional(),
    })
    .nullish(),
  session: z.object({ previous_close: z.unknown().optional() }).nullish(),
  value: z.unknown().optional(),
  last_updated: z.unknown().optional(),
});
type Snapshot = z.infer<typeof snapshot>;

const shape = z.object({ results: z.array(snapshot).nullish() });
const tickersPerRequest = 250;

export async function readPolygonQuotes(
  { http, nowMs }: { readonly http: ProviderHttp; readonly nowMs: number },
  symbols: readonly ProviderSymbol[],
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const askedAs = new Map<string, string>();
  for (const symbol of symbols) {
    const known = polygonSymbol(symbol);
    if (known) askedAs.set(known.ticker, symbol.symbol);
  }
  const quotes: Quote[] = [];
  for (const part of inParts([...askedAs.keys()], tickersPerRequest)) {
    const query = { 'ticker.any_of': part.join(','), limit: tickersPerRequest };
    const answer = await http.json('/v3/snapshot', query, { signal, shape });
    if (!answer.ok) return answer;
    for (const row of answer.value.results ?? []) {
      const symbol = askedAs.get(row.ticker);
      const quote = symbol === undefined ? undefined : soundQuote({ ...toRow(row), symbol }, nowMs);
      if (quote) quotes.push(quote);
    }
  }
  return ok(quotes);
}

const nanosecondsPerMs = 1e6;

/** Not every market has all fields: an index has only a value, a pair often no trade. */
function toRow(row: Snapshot): Omit<QuoteRow, 'symbol'> {
  const { last_trade: trade, last_quote: quote } = row;
  const times = [
    trade?.sip_timestamp ?? trade?.participant_timestamp ?? trade?.last_updated,
    quote?.last_updated,
    row.last_updated,
  ].flatMap((stamp) => (stamp === undefined ? [] : [numeric(stamp) / nanosecondsPerMs]));
  return {
    at: times.length === 0 ? Number.NaN : Math.floor(Math.max(...times)),
    last: trade?.price ?? row.value,
    size: trade?.size,
    bid: quote?.bid,
    ask: quote?.ask,
    previousClose: row.session?.previous_close,
    currency: quoteCurrency(row.ticker),
  };
}

const quoteCurrency = (ticker: string): string =>
  /^[XC]:/.test(ticker)
    ? (currencyPair({ symbol: ticker.slice(2), kind: ticker.startsWith('C') ? 'fx' : 'crypto' })
        ?.quote ?? 'USD')
    : 'USD';
