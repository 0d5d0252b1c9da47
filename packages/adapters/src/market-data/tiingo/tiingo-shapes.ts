/**
 * Replies of Tiingo. https://www.tiingo.com/documentation/end-of-day, /crypto, /forex, /iex and
 * /utilities/search, read 2026-11-21.
 */
import type { ProviderAction } from '@plimsoll/ports';
import { z } from 'zod';
import { numeric } from '../../market-data-kit/numeric.ts';
import type { ActionRow } from '../../market-data-kit/read-actions.ts';
import type { DailyRow } from '../../market-data-kit/read-daily-rows.ts';

const figures = {
  date: z.unknown(),
  open: z.unknown(),
  high: z.unknown(),
  low: z.unknown(),
  close: z.unknown(),
  volume: z.unknown(),
};

const bar = z.object(figures);

export const dailyShape = z.array(
  z.object({
    ...figures,
    adjClose: z.unknown(),
    divCash: z.unknown(),
    splitFactor: z.unknown(),
  }),
);

export const cryptoShape = z.array(z.object({ ticker: z.string(), priceData: z.array(bar) }));

export const fxShape = z.array(z.object({ ...figures, ticker: z.string() }));

export const barsShape = z.array(bar);

export const searchShape = z.array(
  z.object({ ticker: z.string(), name: z.string().nullish(), assetType: z.string().nullish() }),
);

export const quotesShape = z.array(
  z.object({
    ticker: z.string(),
    timestamp: z.string().nullish(),
    tngoLast: z.unknown(),
    last: z.unknown(),
    lastSize: z.unknown(),
    bidPrice: z.unknown(),
    askPrice: z.unknown(),
    prevClose: z.unknown(),
  }),
);

export type TiingoQuote = z.infer<typeof quotesShape>[number];
export type TiingoBar = z.infer<typeof bar>;
type TiingoDay = z.infer<typeof dailyShape>[number];

const dayOf = (date: unknown): unknown => (typeof date === 'string' ? date.slice(0, 10) : date);

export const toRow = ({ date, open, high, low, close, volume }: TiingoBar): DailyRow => ({
  day: dayOf(date),
  open,
  high,
  low,
  close,
  volume,
});

export const toDailyRow = (day: TiingoDay): DailyRow => ({
  ...toRow(day),
  adjustedClose: day.adjClose,
});

/** A dividend stands on its ex-day, and so does a split; days without have 0 and 1. */
export function actionsOf(days: readonly TiingoDay[], currency: string): ActionRow[] {
  return days.flatMap(({ date, divCash, splitFactor }) => {
    const day = dayOf(date);
    const row = (kind: ProviderAction['kind'], value: unknown): ActionRow => ({ day, kind, value });
    const [cash, factor] = [numeric(divCash), numeric(splitFactor)];
    return [
      ...(Number.isNaN(cash) || cash === 0 ? [] : [{ ...row('dividend', divCash), currency }]),
      ...(Number.isNaN(factor) || factor === 1 ? [] : [row('split', splitFactor)]),
    ];
  });
}
