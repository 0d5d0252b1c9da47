/**
 * https://upstox.com/developer/api-documentation/instruments and /instrument-search (2026-11-21).
 */
import type { InstrumentKind } from '@plimsoll/domain';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, ProviderSymbol } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const record = z.object({
  instrument_key: z.string(),
  trading_symbol: z.string(),
  name: z.string().nullish(),
  exchange: z.string().nullish(),
  segment: z.string().nullish(),
  instrument_type: z.string().nullish(),
  isin: z.string().nullish(),
});
const shape = z.object({ status: z.literal('success'), data: z.array(record).nullish() });

const keptMs = 12 * 3_600_000;
const mostRows = 30;

const instrumentKey = /^(?:NSE|BSE)_(?:EQ|INDEX)\|[A-Za-z0-9 &.\-_]{1,50}$/;
const isinPattern = /^[A-Z]{2}[A-Z0-9]{9}\d$/;
const exchanges: Readonly<Record<string, string>> = { XNSE: 'NSE', XBOM: 'BSE' };

/** What is known without asking: a key as it is, or a share by its ISIN. */
export function upstoxKey({
  symbol,
  isin,
  mic = 'XNSE',
  kind,
}: ProviderSymbol): string | undefined {
  const text = symbol.trim();
  if (instrumentKey.test(text)) return text;
  const exchange = exchanges[mic];
  const number = isinPattern.test(text) ? text : isin;
  const isShare = kind !== 'index' && exchange !== undefined;
  return isShare && number && isinPattern.test(number) ? `${exchange}_EQ|${number}` : undefined;
}

/** What Upstox might know by its trading symbol. */
export const isUpstoxName = ({ symbol, mic }: ProviderSymbol): boolean =>
  /^[A-Z0-9][A-Z0-9&\- ]{0,39}$/i.test(symbol.trim()) && (mic === undefined || mic in exchanges);

const kinds: Readonly<Record<string, InstrumentKind>> = { INDEX: 'index', EQ: 'equity' };

const toSymbol = (row: z.infer<typeof record>): ProviderSymbol => {
  const kind = kinds[row.instrument_type ?? ''];
  return {
    symbol: row.instrument_key,
    currency: 'INR',
    name: row.name ? `${row.trading_symbol} · ${row.name}` : row.trading_symbol,
    mic: row.exchange === 'BSE' ? 'XBOM' : 'XNSE',
    ...(row.isin ? { isin: row.isin } : {}),
    ...(kind === undefined ? {} : { kind }),
  };
};

interface Asked {
  readonly text: string;
  readonly exchange?: string;
  readonly limit: number;
}

const find = (http: ProviderHttp, { text, exchange, limit }: Asked, signal: AbortSignal) =>
  http.json(
    '/v2/instruments/search',
    {
      query: text,
      exchanges: exchange ?? 'NSE,BSE',
      segments: 'EQ,INDEX',
      page_number: 1,
      records: Math.min(limit, mostRows),
    },
    { signal, shape, cacheForMs: keptMs },
  );

/** Shares and indices whose symbol or name has the text. */
export async function searchUpstox(
  http: ProviderHttp,
  text: string,
  limit: number,
): Promise<Result<readonly ProviderSymbol[], MarketDataFault>> {
  if (text.trim() === '' || limit <= 0) return ok([]);
  // A key is searched by what stands behind its bar: the ISIN, or the name of an index.
  const wanted = text.trim().replace(/^[A-Z]+_[A-Z]+\|/, '');
  const answer = await find(http, { text: wanted, limit }, new AbortController().signal);
  return answer.ok ? ok((answer.value.data ?? []).slice(0, limit).map(toSymbol)) : answer;
}

/** The key of a share by its exact trading symbol; null where there is none. */
export async function keyByName(
  http: ProviderHttp,
  symbol: ProviderSymbol,
  signal: AbortSignal,
): Promise<Result<string | null, MarketDataFault>> {
  const text = symbol.symbol.trim().toUpperCase();
  const exchange = exchanges[symbol.mic ?? 'XNSE'] ?? 'NSE';
  const answer = await find(http, { text, exchange, limit: mostRows }, signal);
  if (!answer.ok) return answer;
  const same = (answer.value.data ?? []).find(
    (row) => row.trading_symbol.toUpperCase() === text && row.exchange === exchange,
  );
  return ok(same?.instrument_key ?? null);
}
