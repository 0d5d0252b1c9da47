import { timeframeMs } from '@plimsoll/domain';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { IntradayHistory, MarketDataFault, Timeframe } from '@plimsoll/ports';
import { BarsWriter } from '../../market-data-kit/bars-writer.ts';
import { finishedBars } from '../../market-data-kit/finished-days.ts';
import type { ChartQuery } from './yahoo-client.ts';
import { unitOf, type YahooChart } from './yahoo-shapes.ts';

export const yahooTimeframes = ['1m', '5m', '15m', '1h'] as const;
type Interval = (typeof yahooTimeframes)[number];

const dayMs = 86_400_000;
/** The longest range of one reply. */
const longestDays: Readonly<Record<Interval, number>> = { '1m': 7, '5m': 59, '15m': 59, '1h': 700 };

export interface IntradayRange {
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly until: number;
  readonly nowMs: number;
}

const isInterval = (timeframe: Timeframe): timeframe is Interval => timeframe in longestDays;

/** Bars of the regular session, so many days per reply as Yahoo gives. */
export async function readIntraday(
  chart: (query: ChartQuery) => Promise<Result<YahooChart, MarketDataFault>>,
  { timeframe, from, until, nowMs }: IntradayRange,
): Promise<Result<IntradayHistory, MarketDataFault>> {
  if (!isInterval(timeframe)) {
    const detail = `Yahoo Finance has no bars of ${timeframe}; it has ${yahooTimeframes.join(', ')}.`;
    return refuse({ code: 'market-data.not-covered', detail });
  }
  const end = finishedBars(until, nowMs, timeframeMs[timeframe]);
  const step = longestDays[timeframe] * dayMs;
  const writer = new BarsWriter();
  let currency: string | null = null;
  for (let at = from; at < end; at += step) {
    const query = { from: at, until: Math.min(at + step, end), interval: timeframe };
    const answer = await chart(query);
    if (!answer.ok && answer.fault.code === 'market-data.no-data') continue;
    if (!answer.ok) return answer;
    currency = write(writer, answer.value);
  }
  return ok({ ...writer.read(from, end, nowMs), currency });
}

function write(writer: BarsWriter, chart: YahooChart): string | null {
  const { currency, factor } = unitOf(chart);
  const [quote = {}] = chart.indicators.quote;
  const price = (values: readonly (number | null)[] | undefined, i: number): number =>
    (values?.[i] ?? Number.NaN) * factor;
  for (const [i, seconds] of (chart.timestamp ?? []).entries()) {
    writer.begin(seconds * 1000, quote.volume?.[i] ?? Number.NaN);
    const { open, high, low, close } = quote;
    writer.prices(price(open, i), price(high, i), price(low, i), price(close, i));
  }
  return currency;
}
