/** https://docs.coingecko.com/reference/simple-price (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, Quote } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { soundQuote } from '../../market-data-kit/sound-quote.ts';
import { inParts } from '../../market-data-kit/stream-protocol.ts';

const shape = z.record(z.string(), z.record(z.string(), z.unknown()));
const idsPerRequest = 200;

/** A coin as it was asked for. */
export interface CoinId {
  readonly id: string;
  readonly currency: string;
  readonly symbol: string;
}

/** One request for all coins in one currency. */
export async function readCoinQuotes(
  { http, nowMs }: { readonly http: ProviderHttp; readonly nowMs: number },
  coins: readonly CoinId[],
  signal: AbortSignal,
): Promise<Result<readonly Quote[], MarketDataFault>> {
  const quotes: Quote[] = [];
  const groups = Map.groupBy(coins, ({ currency }) => currency);
  for (const [currency, group] of groups) {
    for (const part of inParts(group, idsPerRequest)) {
      const read = await readPart(http, currency, part, signal);
      if (!read.ok) return read;
      for (const { id, symbol } of part) {
        const row = read.value[id];
        const change = numeric(row?.[`${currency.toLowerCase()}_24h_change`]);
        const last = row?.[currency.toLowerCase()];
        const at = numeric(row?.['last_updated_at']) * 1000;
        const previousClose = numeric(last) / (1 + change / 100);
        const quote = soundQuote({ symbol, at, last, previousClose, currency }, nowMs);
        if (quote) quotes.push(quote);
      }
    }
  }
  return ok(quotes);
}

const readPart = (
  http: ProviderHttp,
  currency: string,
  coins: readonly CoinId[],
  signal: AbortSignal,
) =>
  http.json(
    '/simple/price',
    {
      ids: coins.map(({ id }) => id).join(','),
      vs_currencies: currency.toLowerCase(),
      include_last_updated_at: 'true',
      include_24hr_change: 'true',
      precision: 'full',
    },
    { signal, shape },
  );
