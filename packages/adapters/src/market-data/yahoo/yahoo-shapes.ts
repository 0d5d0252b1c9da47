import { dayInZone } from '@plimsoll/domain';
import { z } from 'zod';
import type { ActionRow } from '../../market-data-kit/read-actions.ts';
import { type DailyRow, dayAt } from '../../market-data-kit/read-daily-rows.ts';

/** Seconds, or what the client made of them. */
const instant = z.union([
  z.number().transform((seconds) => seconds * 1000),
  z.date().transform(Number),
]);
const column = z.array(z.number().nullable());

/** A chart as the client hands it on, as far as we use it. */
export const chartShape = z.object({
  meta: z.object({
    symbol: z.string(),
    currency: z.string().nullish(),
    instrumentType: z.string().nullish(),
    gmtoffset: z.number().nullish(),
    exchangeTimezoneName: z.string().nullish(),
    regularMarketTime: instant.nullish(),
    regularMarketPrice: z.number().nullish(),
  }),
  timestamp: z.array(z.number()).nullish(),
  events: z
    .object({
      dividends: z.record(z.string(), z.object({ amount: z.number(), date: instant })).nullish(),
      splits: z
        .record(
          z.string(),
          z.object({ date: instant, numerator: z.number(), denominator: z.number() }),
        )
        .nullish(),
    })
    .nullish(),
  indicators: z.object({
    quote: z.array(
      z
        .object({ open: column, high: column, low: column, close: column, volume: column })
        .partial(),
    ),
    adjclose: z.array(z.object({ adjclose: column.optional() })).nullish(),
  }),
});

export type YahooChart = z.infer<typeof chartShape>;

export const searchShape = z.object({
  quotes: z.array(
    z.object({
      symbol: z.string().optional(),
      quoteType: z.string().optional(),
      shortname: z.string().optional(),
      longname: z.string().optional(),
      exchange: z.string().optional(),
      isYahooFinance: z.boolean().optional(),
    }),
  ),
});

export type YahooMatches = z.infer<typeof searchShape>;

/** Hundredths that no other part knows by their code; pence are `GBX` everywhere. */
const hundredths: Readonly<Record<string, string>> = { ZAc: 'ZAR', ILA: 'ILS' };

/** The unit of the prices, and what to multiply them with so that they are in it. */
export function unitOf({ meta }: YahooChart): {
  readonly currency: string | null;
  readonly factor: number;
} {
  const code = meta.currency ?? null;
  if (code === 'GBp') return { currency: 'GBX', factor: 1 };
  const whole = code === null ? undefined : hundredths[code];
  return whole === undefined ? { currency: code, factor: 1 } : { currency: whole, factor: 0.01 };
}

/** The day of an instant where the exchange is. */
export function dayThere({ meta }: YahooChart): (ms: number) => string {
  const zone = meta.exchangeTimezoneName ?? '';
  const isKnown = zone !== '' && dayInZone(0, zone).ok;
  if (!isKnown) return (ms) => dayAt(ms, meta.gmtoffset ?? 0);
  return (ms) => {
    const day = Math.abs(ms) < 8.64e15 ? dayInZone(ms, zone) : undefined;
    return day?.ok ? day.value : '';
  };
}

const cell = (
  values: readonly (number | null)[] | undefined,
  i: number,
  factor: number,
): number | null => {
  const value = values?.[i] ?? null;
  return value === null ? null : value * factor;
};

/** The bars, one row each; the row of the trade just made goes where its day has one already. */
export function toRows(chart: YahooChart): DailyRow[] {
  const times = chart.timestamp ?? [];
  const [quote = {}] = chart.indicators.quote;
  const adjusted = chart.indicators.adjclose?.[0]?.adjclose;
  const { factor } = unitOf(chart);
  const day = dayThere(chart);
  const rows = times.map((seconds, i) => ({
    day: day(seconds * 1000),
    open: cell(quote.open, i, factor),
    high: cell(quote.high, i, factor),
    low: cell(quote.low, i, factor),
    close: cell(quote.close, i, factor),
    adjustedClose: cell(adjusted, i, factor),
    volume: cell(quote.volume, i, 1),
  }));
  const now = (chart.meta.regularMarketTime ?? 0) / 1000;
  const isLive = times.length > 1 && times.at(-1) === Math.floor(now);
  return isLive && rows.at(-1)?.day === rows.at(-2)?.day ? rows.slice(0, -1) : rows;
}

/** Dividends, on the split basis of the prices as Yahoo gives both, and splits. */
export function toActions(chart: YahooChart): ActionRow[] {
  const { currency, factor } = unitOf(chart);
  const day = dayThere(chart);
  const { dividends, splits } = chart.events ?? {};
  return [
    ...Object.values(dividends ?? {}).map(({ amount, date }) => ({
      kind: 'dividend' as const,
      day: day(date),
      value: amount * factor,
      currency,
    })),
    ...Object.values(splits ?? {}).map(({ date, numerator, denominator }) => ({
      kind: 'split' as const,
      day: day(date),
      value: numerator / denominator,
    })),
  ];
}
