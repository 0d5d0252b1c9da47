/** https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md#klinecandlestick-data (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { readPages } from '../../market-data-kit/read-pages.ts';

/** Open time, open, high, low, close, volume, and more. */
export type Kline = readonly unknown[];

const page = z.array(z.array(z.unknown()).min(6));
const rowsPerPage = 1000;

export interface KlineRange {
  readonly symbol: string;
  readonly interval: string;
  /** Milliseconds; `until` excluded. */
  readonly from: number;
  readonly until: number;
}

/** All klines that open in the range, page after page. */
export async function readKlines(
  http: ProviderHttp,
  { symbol, interval, from, until }: KlineRange,
  signal: AbortSignal,
): Promise<Result<readonly Kline[], MarketDataFault>> {
  const rows: Kline[] = [];
  if (from >= until) return ok(rows);
  let last = Number.NEGATIVE_INFINITY;
  const read = await readPages('Binance', String(from), async (startTime) => {
    const query = { symbol, interval, startTime, endTime: until - 1, limit: rowsPerPage };
    const answer = await http.json('/api/v3/klines', query, { signal, shape: page });
    if (!answer.ok) return answer;
    let fresh = 0;
    for (const row of answer.value) {
      rows.push(row);
      const time = numeric(row[0]);
      if (!(time > last)) continue;
      last = time;
      fresh++;
    }
    const isLast = answer.value.length < rowsPerPage || last + 1 >= until;
    return ok({ next: isLast ? null : String(last + 1), fresh });
  });
  return read.ok ? ok(rows) : read;
}
