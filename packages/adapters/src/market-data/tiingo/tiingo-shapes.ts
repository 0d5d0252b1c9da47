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
  date: z.unknown().optional(),
  open: z.unknown().optional(),
  high: z.unknown().optional(),
  low: z.unknown().optional(),
  close: z.unknown().optional(),
  volume: z.unknown().optional(),
};

const bar = z.object(figures);

export const dailyShape = z.array(
  z.object({
    ...figures,
    adjClose: z.unknown().optional(),
    divCash: z.unknown().optional(),
    splitFactor: z.unknown().optional(),
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
    tngoLast: z.unknown().optional(),
    last: z.unknown().optional(),
    lastSize: z.unknown().optional(),
    bidPrice: z.unknown().optional(),
    askPrice: z.unknown().optional(),
    prevClose: z.unknown().optional(),
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
