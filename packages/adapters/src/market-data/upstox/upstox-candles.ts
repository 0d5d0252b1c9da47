/** https://upstox.com/developer/api-documentation/v3/get-historical-candle-data (2026-11-21). */
import { addDays, type Day, ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';

const shape = z.object({
  status: z.literal('success'),
  data: z.object({ candles: z.array(z.array(z.unknown())) }),
});

/** Start with the zone of India, open, high, low, close, volume, open interest; newest first. */
export type Candle = readonly unknown[];

export interface CandleTerms {
  readonly key: string;
  readonly unit: 'days' | 'hours' | 'minutes';
  readonly interval: number;
  /** The longest range of one request, days. */
  readonly windowDays: number;
  readonly from: Day;
  /** Excluded. */
  readonly until: Day;
}

/** Candles of finished days, one window after the other. */
export async function readCandles(
  http: ProviderHttp,
  { key, unit, interval, windowDays, from, until }: CandleTerms,
  signal: AbortSignal,
): Promise<Result<readonly Candle[], MarketDataFault>> {
  const rows: Candle[] = [];
  for (let start = from; start < until; start = addDays(start, windowDays)) {
    const end = addDays(start, windowDays);
    const last = addDays(end < until ? end : until, -1);
    const path = `/v3/historical-candle/${encodeURIComponent(key)}/${unit}/${interval}/${last}/${start}`;
    const answer = await http.json(path, {}, { signal, shape });
    if (!answer.ok) return answer;
    rows.push(...answer.value.data.candles);
  }
  return ok(rows);
}

/** Candles of the day under way. */
export async function readCandlesOfToday(
  http: ProviderHttp,
  { key, unit, interval }: Pick<CandleTerms, 'key' | 'unit' | 'interval'>,
  signal: AbortSignal,
): Promise<Result<readonly Candle[], MarketDataFault>> {
  const path = `/v3/historical-candle/intraday/${encodeURIComponent(key)}/${unit}/${interval}`;
  const answer = await http.json(path, {}, { signal, shape });
  return answer.ok ? ok(answer.value.data.candles) : answer;
}
