import type { Json } from '@plimsoll/kernel';
import { fieldOf, type QuoteField, type QuoteUpdate, quoteFields } from './quote-board.ts';

const width = quoteFields.length;

/** Quotes that changed as the payload of `market.quotes`: columns, null where unknown. */
export function quoteEvent(update: QuoteUpdate, quoteIds: readonly string[]): Json {
  const value = (row: number, field: QuoteField) =>
    update.values[row * width + fieldOf[field]] ?? Number.NaN;
  const rows = Array.from(update.of, (_, row) => row);
  const column = (field: QuoteField) =>
    rows.map((row) => {
      const known = value(row, field);
      return Number.isNaN(known) ? null : known;
    });
  const times = (row: number) =>
    [value(row, 'tradeAt'), value(row, 'quoteAt'), 0].filter((time) => !Number.isNaN(time));
  return {
    instrumentIds: Array.from(update.of, (of) => quoteIds[of] ?? ''),
    at: rows.map((row) => Math.max(...times(row))),
    bid: column('bid'),
    ask: column('ask'),
    last: column('last'),
    size: column('size'),
    previousClose: column('previousClose'),
  };
}
