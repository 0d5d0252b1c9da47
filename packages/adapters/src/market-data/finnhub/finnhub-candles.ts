/** https://finnhub.io/docs/api/stock-candles, /crypto-candles, /forex-candles (2026-11-21). */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import type { FinnhubSymbol } from './finnhub-symbol.ts';

const column = z.array(z.unknown());
const columns = z.object({
  s: z.literal('ok'),
  t: column,
  o: column,
  h: column,
  l: column,
  c: column,
  v: column,
});

const candlesShape = z.union([
  z.object({ s: z.literal('no_data') }),
  columns.refine(({ t, o, h, l, c, v }) => [o, h, l, c, v].every((x) => x.length === t.length), {
    error: 'has columns of different lengths',
  }),
]);

/** Columns of one length: seconds, open, high, low, close, volume. */
export type Candles = z.infer<typeof columns>;

export interface CandleRange {
  readonly resolution: string;
  /** Seconds, both included. */
  readonly from: number;
  readonly to: number;
}

/** Null where Finnhub has no data, which may be for want of such a symbol. */
export async function readCandles(
  http: ProviderHttp,
  { kind, name }: FinnhubSymbol,
  range: CandleRange,
  signal: AbortSignal,
): Promise<Result<Candles | null, MarketDataFault>> {
  const query = { symbol: name, ...range };
  const answer = await http.json(`/${kind}/candle`, query, { signal, shape: candlesShape });
  if (!answer.ok) return answer;
  return ok(answer.value.s === 'ok' ? answer.value : null);
}
