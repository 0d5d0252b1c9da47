/**
 * Replies of Alpha Vantage: every field has a numbered name and a text for a value.
 * https://www.alphavantage.co/documentation/, read 2026-11-21.
 */
import type { MarketDataFault } from '@plimsoll/ports';
import { z } from 'zod';
import type { ProviderReply } from '../../market-data-kit/http/reply.ts';
import { numeric } from '../../market-data-kit/numeric.ts';
import type { ActionRow } from '../../market-data-kit/read-actions.ts';
import type { DailyRow } from '../../market-data-kit/read-daily-rows.ts';

const numbered = z.record(z.string(), z.unknown());
const byTime = z.record(z.string(), numbered);

/** A series and what it is of; the name of the series differs by function. */
export const seriesShape = z.record(z.string(), z.unknown()).transform((reply, context) => {
  const meta = numbered.safeParse(reply['Meta Data']);
  const name = Object.keys(reply).find((key) => key.startsWith('Time Series'));
  const rows = byTime.safeParse(name === undefined ? undefined : reply[name]);
  if (meta.success && rows.success) return { meta: meta.data, rows: rows.data };
  context.addIssue({ code: 'custom', message: 'has no "Meta Data" or no "Time Series"' });
  return z.NEVER;
});

export type AlphaVantageSeries = z.infer<typeof seriesShape>;

export const dividendsShape = z.object({
  data: z.array(
    z.object({
      ex_dividend_date: z.unknown().optional(),
      payment_date: z.unknown().optional(),
      amount: z.unknown().optional(),
    }),
  ),
});

export const splitsShape = z.object({
  data: z.array(
    z.object({ effective_date: z.unknown().optional(), split_factor: z.unknown().optional() }),
  ),
});

export const searchShape = z.object({ bestMatches: z.array(numbered) });

export const quoteShape = z.object({ 'Global Quote': numbered });

/** The value of `1. open`, `01. symbol` or `4a. close (USD)` by its name without the number. */
export function field(row: Readonly<Record<string, unknown>>, name: string): unknown {
  const key = Object.keys(row).find((one) => one.replace(/^\d+[a-z]?\. /, '') === name);
  return key === undefined ? undefined : row[key];
}

export const toRows = ({ rows }: AlphaVantageSeries): DailyRow[] =>
  Object.entries(rows).map(([day, row]) => ({
    day,
    open: field(row, 'open'),
    high: field(row, 'high'),
    low: field(row, 'low'),
    close: field(row, 'close'),
    adjustedClose: field(row, 'adjusted close'),
    volume: field(row, 'volume'),
  }));

/** Dividends and splits as the adjusted series has them, on their ex-days. */
export function actionsWithin({ rows }: AlphaVantageSeries, currency: string | null): ActionRow[] {
  return Object.entries(rows).flatMap(([day, row]) => {
    const cash = numeric(field(row, 'dividend amount'));
    const factor = numeric(field(row, 'split coefficient'));
    return [
      ...(cash > 0 || cash < 0 ? [{ kind: 'dividend' as const, day, value: cash, currency }] : []),
      ...(factor !== 1 && !Number.isNaN(factor)
        ? [{ kind: 'split' as const, day, value: factor }]
        : []),
    ];
  });
}

const hourMs = 3_600_000;

/** Everything that is wrong comes with status 200 and one of three fields. */
export function alphaVantageFault(reply: ProviderReply): MarketDataFault | undefined {
  if (reply.bytes.length > 5000) return undefined;
  const body = numbered.safeParse(reply.json());
  if (!body.success) return undefined;
  const said = body.data['Error Message'] ?? body.data['Note'] ?? body.data['Information'];
  if (typeof said !== 'string') return undefined;
  const text = said.replace(/\s+/g, ' ').slice(0, 200);
  const fault = (code: MarketDataFault['code'], detail: string, retryAfterMs?: number) => ({
    code,
    detail: `Alpha Vantage: ${detail}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  if (/apikey is invalid|api key is invalid|demo.{0,10}api key/i.test(text)) {
    return fault('market-data.unauthorised', 'the key is refused. Check it in market-data.yaml.');
  }
  if (/call frequency|sparingly|per minute/i.test(text)) {
    return fault('market-data.rate-limited', 'it asks to be asked less often.', 60_000);
  }
  if (/is a premium/i.test(text)) {
    return fault('market-data.not-covered', 'this needs a premium plan.');
  }
  if (/rate limit|per day/i.test(text)) {
    return fault('market-data.rate-limited', 'the requests of the day are used up.', 6 * hourMs);
  }
  if (/invalid api call/i.test(text)) {
    return fault('market-data.unknown-symbol', 'it does not know the symbol.');
  }
  return fault('market-data.unreadable', `"${text}"`);
}
