import type { Quote } from '@plimsoll/ports';
import { numeric } from './numeric.ts';

/** A quote as a provider wrote it. */
export interface QuoteRow {
  readonly symbol: string;
  /** Milliseconds. */
  readonly at: unknown;
  readonly last?: unknown;
  readonly size?: unknown;
  readonly bid?: unknown;
  readonly ask?: unknown;
  readonly previousClose?: unknown;
  readonly currency?: string | null | undefined;
}

/** No price of anything is dearer; what is, is an error of the feed. */
const dearest = 1e12;
/** A quote that claims to be of a later time than this after now is of a clock that is wrong. */
const aheadMs = 36 * 3_600_000;

const price = (value: unknown): number => {
  const figure = numeric(value);
  return figure > 0 && figure < dearest ? figure : Number.NaN;
};

/** The quote with what is no price left out; undefined where nothing is left, or its time is impossible. */
export function soundQuote(row: QuoteRow, nowMs: number): Quote | undefined {
  const at = numeric(row.at);
  const [last, bid, ask] = [price(row.last), price(row.bid), price(row.ask)];
  const isKnown = !(Number.isNaN(last) && Number.isNaN(bid) && Number.isNaN(ask));
  if (!isKnown || !(at > 0 && at <= nowMs + aheadMs)) return undefined;
  const size = numeric(row.size);
  return {
    symbol: row.symbol,
    at,
    bid,
    ask,
    last,
    size: size >= 0 && size < Number.POSITIVE_INFINITY ? size : Number.NaN,
    previousClose: price(row.previousClose),
    ...(row.currency ? { currency: row.currency } : {}),
  };
}
