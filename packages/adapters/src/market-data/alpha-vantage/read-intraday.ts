import { instantInZone, timeframeMs } from '@plimsoll/domain';
import { dayFromNumber, dayNumber, isDay, ok, type Result, refuse } from '@plimsoll/kernel';
import type { IntradayHistory, MarketDataFault, Timeframe } from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { finishedBars } from '../../market-data-kit/finished-days.ts';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { field, seriesShape } from './alpha-vantage-shapes.ts';

const intervals: Partial<Readonly<Record<Timeframe, string>>> = {
  '1m': '1min',
  '5m': '5min',
  '15m': '15min',
  '1h': '60min',
};

export const alphaVantageTimeframes = ['1m', '5m', '15m', '1h'] as const;

export interface IntradayRange {
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly until: number;
  readonly nowMs: number;
}

const dayMs = 86_400_000;

/** Bars of the regular session, a month per reply; their times are of New York's clock. */
export async function readIntraday(
  http: ProviderHttp,
  { name, currency }: { readonly name: string; readonly currency: string | null },
  { timeframe, from, until, nowMs }: IntradayRange,
  signal: AbortSignal,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  const interval = intervals[timeframe];
  if (interval === undefined) {
    const detail = `Alpha Vantage has no bars of ${timeframe}; it has ${alphaVantageTimeframes.join(', ')}.`;
    return refuse({ code: 'market-data.not-covered', detail });
  }
  const end = finishedBars(until, nowMs, timeframeMs[timeframe]);
  const writer = new BarsWriter();
  for (const month of monthsOf(from, end)) {
    const query = {
      function: 'TIME_SERIES_INTRADAY',
      symbol: name,
      interval,
      month,
      outputsize: 'full',
      adjusted: 'false',
      extended_hours: 'false',
    };
    const reply = await http.json('/query', query, { signal, shape: seriesShape });
    if (!reply.ok) return reply;
    for (const [time, row] of Object.entries(reply.value.rows)) {
      writer.begin(instantOf(time), numeric(field(row, 'volume')));
      const [open, high, low, close] = ['open', 'high', 'low', 'close'].map((one) =>
        numeric(field(row, one)),
      ) as [number, number, number, number];
      writer.prices(open, high, low, close);
    }
  }
  return ok({ ...writer.read(from, end, nowMs), currency });
}

/** `2026-03`, for every month that has a part of the range by New York's clock. */
function monthsOf(from: number, until: number): string[] {
  const months = new Set<string>();
  for (let day = Math.floor(from / dayMs) - 1; day * dayMs < until; day++) {
    months.add(dayFromNumber(day).slice(0, 7));
  }
  return until > from ? [...months] : [];
}

/** `2026-03-10 15:05:00` in New York. */
function instantOf(time: string): number {
  const [day = '', clock = ''] = time.split(' ');
  const [, hours, minutes] = /^(\d\d):(\d\d)(?::00)?$/.exec(clock) ?? [];
  if (!isDay(day) || minutes === undefined) return Number.NaN;
  return instantInZone('America/New_York', dayNumber(day), Number(hours) * 60 + Number(minutes));
}
