/** https://massive.com/docs/rest/stocks/aggregates/custom-bars (2026-11-21). */
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { readPages } from '../../market-data-kit/read-pages.ts';

const bar = z.object({
  t: z.unknown().optional(),
  o: z.unknown().optional(),
  h: z.unknown().optional(),
  l: z.unknown().optional(),
  c: z.unknown().optional(),
  v: z.unknown().optional(),
});
export type PolygonBar = z.infer<typeof bar>;

const page = z.object({
  status: z.enum(['OK', 'DELAYED']),
  ticker: z.string().nullish(),
  results: z.array(bar).nullish(),
  next_url: z.string().nullish(),
});

export interface BarRange {
  readonly ticker: string;
  readonly multiplier: number;
  readonly timespan: 'second' | 'minute' | 'hour' | 'day';
  /** Milliseconds, `until` excluded. */
  readonly from: number;
  readonly until: number;
}

const rowsPerPage = 50_000;

/** All bars of the range as traded, page after page; a next page on another host is not asked for. */
export async function readPolygonBars(
  http: ProviderHttp,
  { ticker, multiplier, timespan, from, until }: BarRange,
  signal: AbortSignal,
): Promise<Result<readonly PolygonBar[], MarketDataFault>> {
  const rows: PolygonBar[] = [];
  if (from >= until) return ok(rows);
  const name = encodeURIComponent(ticker);
  const path = `/v2/aggs/ticker/${name}/range/${multiplier}/${timespan}/${from}/${until - 1}`;
  const query = { adjusted: 'false', sort: 'asc', limit: rowsPerPage };
  let last = Number.NEGATIVE_INFINITY;
  const read = await readPages('Massive', path, async (mark) => {
    const answer = await http.json(mark, mark === path ? query : {}, { signal, shape: page });
    if (!answer.ok) return answer;
    const { ticker: given, results, next_url } = answer.value;
    if (given && given !== ticker) return ofAnother(ticker, given);
    let fresh = 0;
    for (const row of results ?? []) {
      rows.push(row);
      const time = numeric(row.t);
      if (!(time > last)) continue;
      last = time;
      fresh++;
    }
    return ok({ next: next_url || null, fresh });
  });
  return read.ok ? ok(rows) : read;
}

const ofAnother = (wanted: string, given: string) =>
  refuse<MarketDataFault>({
    code: 'market-data.unreadable',
    detail: `Massive was asked for ${wanted} and answered with ${given.slice(0, 40)}.`,
  });
