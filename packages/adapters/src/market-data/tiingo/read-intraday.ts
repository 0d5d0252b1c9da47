import { timeframeMs } from '@plimsoll/domain';
import { dayFromNumber, ok, type Result, refuse } from '@plimsoll/kernel';
import type { IntradayHistory, MarketDataFault, Timeframe } from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { finishedBars } from '../../market-data-kit/finished-days.ts';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { barsShape } from './tiingo-shapes.ts';

/** How Tiingo names the timeframes that both have. */
const names: Partial<Readonly<Record<Timeframe, string>>> = {
  '1m': '1min',
  '5m': '5min',
  '15m': '15min',
  '1h': '1hour',
};

export const tiingoTimeframes = ['1m', '5m', '15m', '1h'] as const;

export interface IntradayRange {
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly until: number;
  readonly nowMs: number;
}

const dayMs = 86_400_000;
/** A reply has at most 10,000 rows; the longest session of a day has this many minutes. */
const rowsPerReply = 10_000;
const minutesPerDay = 24 * 60;

/** Bars of the IEX exchange by its days, so many days per reply as fit. */
export async function readIntraday(
  http: ProviderHttp,
  name: string,
  { timeframe, from, until, nowMs }: IntradayRange,
  signal: AbortSignal,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  const resampleFreq = names[timeframe];
  if (resampleFreq === undefined) {
    const detail = `Tiingo has no bars of ${timeframe}; it has ${tiingoTimeframes.join(', ')}.`;
    return refuse({ code: 'market-data.not-covered', detail });
  }
  const lengthMs = timeframeMs[timeframe];
  const end = finishedBars(until, nowMs, lengthMs);
  const perDay = (minutesPerDay * 60_000) / lengthMs;
  const step = Math.max(1, Math.floor(rowsPerReply / perDay));
  const writer = new BarsWriter();
  const last = Math.ceil(end / dayMs);
  for (let day = Math.floor(from / dayMs); day < last; day += step) {
    const query = {
      startDate: dayFromNumber(day),
      endDate: dayFromNumber(Math.min(day + step, last) - 1),
      resampleFreq,
      columns: 'open,high,low,close,volume',
    };
    const path = `/iex/${encodeURIComponent(name)}/prices`;
    const reply = await http.json(path, query, { signal, shape: barsShape });
    if (!reply.ok) return reply;
    for (const { date, open, high, low, close, volume } of reply.value) {
      writer.begin(typeof date === 'string' ? Date.parse(date) : Number.NaN, numeric(volume));
      writer.prices(numeric(open), numeric(high), numeric(low), numeric(close));
    }
  }
  return ok({ ...writer.read(from, end, nowMs), currency: 'USD' });
}
