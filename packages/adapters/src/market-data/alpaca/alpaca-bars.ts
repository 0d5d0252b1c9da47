/** https://docs.alpaca.markets/reference/stockbars and /cryptobars-1 (2026-11-21). */
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { readPages } from '../../market-data-kit/read-pages.ts';
import type { AlpacaSymbol } from './alpaca-symbol.ts';

const row = z.object({
  t: z.unknown().optional(),
  o: z.unknown().optional(),
  h: z.unknown().optional(),
  l: z.unknown().optional(),
  c: z.unknown().optional(),
  v: z.unknown().optional(),
});
export type AlpacaBar = z.infer<typeof row>;

const page = z.object({
  bars: z.record(z.string(), z.array(row).nullable()).nullable(),
  next_page_token: z.string().nullish(),
});

export interface BarRange {
  readonly timeframe: string;
  /** Milliseconds, `until` excluded. */
  readonly from: number;
  readonly until: number;
}

const paths = { stocks: '/v2/stocks/bars', crypto: '/v1beta3/crypto/us/bars' };
const rowsPerPage = 10_000;

/**
 * All bars of the range, page after page, as traded. Old bars are of all exchanges (SIP) on every plan;
 * the caller leaves out the last quarter of an hour, which is not free.
 */
export async function readAlpacaBars(
  http: ProviderHttp,
  { market, name }: AlpacaSymbol,
  { timeframe, from, until }: BarRange,
  signal: AbortSignal,
): Promise<Result<readonly AlpacaBar[], MarketDataFault>> {
  const rows: AlpacaBar[] = [];
  if (from >= until) return ok(rows);
  const asked = {
    symbols: name,
    timeframe,
    start: new Date(from).toISOString(),
    end: new Date(until - 1).toISOString(),
    limit: rowsPerPage,
    sort: 'asc',
    ...(market === 'stocks' ? { adjustment: 'raw', feed: 'sip' } : {}),
  };
  let last = '';
  const read = await readPages('Alpaca', '', async (mark) => {
    const query = mark === '' ? asked : { ...asked, page_token: mark };
    const answer = await http.json(paths[market], query, { signal, shape: page });
    if (!answer.ok) return answer;
    const { bars, next_page_token } = answer.value;
    const other = Object.keys(bars ?? {}).find((symbol) => symbol !== name);
    if (other !== undefined) return ofAnother(name, other);
    let fresh = 0;
    for (const bar of bars?.[name] ?? []) {
      rows.push(bar);
      if (typeof bar.t !== 'string' || bar.t <= last) continue;
      last = bar.t;
      fresh++;
    }
    return ok({ next: next_page_token || null, fresh });
  });
  return read.ok ? ok(rows) : read;
}

const ofAnother = (wanted: string, given: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unreadable',
    detail: `Alpaca was asked for ${wanted} and answered with ${given.slice(0, 40)}.`,
  });
