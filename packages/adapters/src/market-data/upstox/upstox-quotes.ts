/** https://upstox.com/developer/api-documentation/get-full-market-quote (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, Quote } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { soundQuote } from '../../market-data-kit/sound-quote.ts';
import { inParts } from '../../market-data-kit/stream-protocol.ts';

const level = z.object({ price: z.unknown().optional() });
const quote = z.object({
  instrument_token: z.string(),
  last_price: z.unknown().optional(),
  last_trade_time: z.unknown().optional(),
  net_change: z.unknown().optional(),
  depth: z.object({ buy: z.array(level).nullish(), sell: z.array(level).nullish() }).nullish(),
});
const shape = z.object({
  status: z.literal('success'),
  data: z.record(z.string(), quote.nullable()),
});
const keysPerRequest = 500;

/** The latest quotes; `askedAs`: what was asked for, by its key. */
export async function readUpstoxQuotes(
  { http, nowMs }: { readonly http: ProviderHttp; readonly nowMs: number },
  askedAs: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const quotes: Quote[] = [];
  for (const part of inParts([...askedAs.keys()], keysPerRequest)) {
    const query = { instrument_key: part.join(',') };
    const answer = await http.json('/v2/market-quote/quotes', query, { signal, shape });
    if (!answer.ok) return answer;
    for (const row of Object.values(answer.value.data)) {
      const symbol = row === null ? undefined : askedAs.get(row.instrument_token);
      if (row === null || symbol === undefined) continue;
      const sound = soundQuote(
        {
          symbol,
          at: row.last_trade_time,
          last: row.last_price,
          bid: row.depth?.buy?.[0]?.price,
          ask: row.depth?.sell?.[0]?.price,
          previousClose: numeric(row.last_price) - numeric(row.net_change),
          currency: 'INR',
        },
        nowMs,
      );
      if (sound) quotes.push(sound);
    }
  }
  return ok(quotes);
}
