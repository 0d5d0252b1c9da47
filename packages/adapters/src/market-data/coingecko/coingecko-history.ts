/**
 * https://docs.coingecko.com/reference/coins-id-market-chart-range and /coins-id-ohlc-range
 * (2026-11-21).
 */
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderHttp } from '../../market-data-kit/http/provider-http.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import { type DailyRow, dayAt } from '../../market-data-kit/read-daily-rows.ts';

const points = z.array(z.array(z.unknown()).min(2));
const chart = z.object({ prices: points, total_volumes: points.nullish() });
const candles = z.array(z.array(z.unknown()).min(5));

const dayMs = 86_400_000;
/** A point at midnight may be taken some minutes late. */
const lateMs = 15 * 60_000;

export interface HistoryRange {
  readonly id: string;
  readonly currency: string;
  /** Milliseconds, both included. */
  readonly from: number;
  readonly to: number;
}

const queryOf = ({ currency, from, to }: HistoryRange) => ({
  vs_currency: currency.toLowerCase(),
  from: Math.floor(from / 1000),
  to: Math.floor(to / 1000),
});

/**
 * The day that a figure of midnight is of: the one that ended then, which CoinGecko's own pages do not
 * say. A figure of another time is of no day; the latest, of now, is left out.
 */
function dayEndingAt(stamp: unknown, nowMs: number): string | null {
  const ms = numeric(stamp);
  const past = ((ms % dayMs) + dayMs) % dayMs;
  if (past > lateMs && nowMs - ms < dayMs && ms <= nowMs) return null;
  if (Number.isNaN(ms)) return '';
  return past <= lateMs ? dayAt(ms - dayMs) : new Date(Math.min(ms, 8e15)).toISOString();
}

/** Closes and volumes of days; every plan has them. */
export async function readCloses(
  http: ProviderHttp,
  range: HistoryRange,
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<readonly DailyRow[], MarketDataFault>> {
  const path = `/coins/${encodeURIComponent(range.id)}/market_chart/range`;
  const query = { ...queryOf(range), interval: 'daily', precision: 'full' };
  const answer = await http.json(path, query, { signal, shape: chart });
  if (!answer.ok) return answer;
  const volumes = new Map((answer.value.total_volumes ?? []).map(([at, value]) => [at, value]));
  return ok(
    answer.value.prices.flatMap(([stamp, close]) => {
      const day = dayEndingAt(stamp, nowMs);
      return day === null ? [] : [{ day, close, volume: volumes.get(stamp) }];
    }),
  );
}

/** Close time, open, high, low, close. */
export type CoinCandle = readonly unknown[];

const windows = { daily: 170 * dayMs, hourly: 30 * dayMs };

/** Candles of a paid plan, window by window. */
export async function readCandles(
  http: ProviderHttp,
  range: HistoryRange,
  interval: 'daily' | 'hourly',
  signal: AbortSignal,
): Promise<Result<readonly CoinCandle[], MarketDataFault>> {
  const rows: CoinCandle[] = [];
  const path = `/coins/${encodeURIComponent(range.id)}/ohlc/range`;
  for (let from = range.from; from <= range.to; from += windows[interval]) {
    const to = Math.min(range.to, from + windows[interval]);
    const query = { ...queryOf({ ...range, from, to }), interval };
    const answer = await http.json(path, query, { signal, shape: candles });
    if (!answer.ok) return answer;
    rows.push(...answer.value);
  }
  return ok(rows);
}

/** Candles of days as rows. */
export const dailyRows = (rows: readonly CoinCandle[], nowMs: number): readonly DailyRow[] =>
  rows.flatMap(([stamp, open, high, low, close]) => {
    const day = dayEndingAt(stamp, nowMs);
    return day === null ? [] : [{ day, open, high, low, close }];
  });
