/** https://massive.com/docs/rest/stocks/tickers/all-tickers and /ticker-overview (2026-11-21). */
import type { InstrumentKind } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const ticker = z.object({
  ticker: z.string(),
  name: z.string().nullish(),
  market: z.string().nullish(),
  type: z.string().nullish(),
  primary_exchange: z.string().nullish(),
  currency_name: z.string().nullish(),
  currency_symbol: z.string().nullish(),
  composite_figi: z.string().nullish(),
});
const list = z.object({ results: z.array(ticker).nullish() });
const single = z.object({ results: z.object({ ticker: z.string() }) });

const keptMs = 3_600_000;
const mostRows = 1000;

const markets: Readonly<Record<string, InstrumentKind>> = {
  crypto: 'crypto',
  fx: 'fx',
  indices: 'index',
};

function toSymbol(row: z.infer<typeof ticker>): ProviderSymbol {
  const isFund = row.type === 'ETF' || row.type === 'ETV' || row.type === 'ETN';
  const kind = markets[row.market ?? ''] ?? (isFund ? 'etf' : 'equity');
  const currency = (row.currency_symbol ?? row.currency_name)?.toUpperCase();
  return {
    symbol: row.ticker,
    kind,
    ...(row.name ? { name: row.name } : {}),
    ...(currency && /^[A-Z]{3,5}$/.test(currency) ? { currency } : {}),
    ...(row.primary_exchange ? { mic: row.primary_exchange } : {}),
    ...(row.composite_figi ? { figi: row.composite_figi } : {}),
  };
}

/** Tickers whose symbol or name has the text. */
export async function searchPolygon(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  const search = text.trim();
  if (search === '' || limit <= 0) return ok([]);
  const query = { search, active: 'true', limit: Math.min(limit, mostRows) };
  const { signal } = new AbortController();
  const options = { signal, shape: list, cacheForMs: keptMs };
  const answer = await http.json('/v3/reference/tickers', query, options);
  return answer.ok ? ok((answer.value.results ?? []).slice(0, limit).map(toSymbol)) : answer;
}

/** Bars say the same of an unknown ticker as of a time without trades; its own page tells. */
export async function isTicker(
  http: ProviderHttp,
  name: string,
  signal: AbortSignal,
): Promise<Result<boolean, MarketDataFault>> {
  const path = `/v3/reference/tickers/${encodeURIComponent(name)}`;
  const answer = await http.json(path, {}, { signal, shape: single });
  if (answer.ok) return ok(true);
  return answer.fault.code === 'market-data.unknown-symbol' ? ok(false) : answer;
}
