import type { Quote, TickBatch } from '@plimsoll/ports';

/** Quotes that were asked for, as if they had been streamed, each brought into another unit. */
export function batchOf(quotes: readonly Quote[], scales: readonly number[]): TickBatch {
  const column = (of: (quote: Quote) => number) => Float64Array.from(quotes, of);
  const scaled = (of: (quote: Quote) => number) =>
    Float64Array.from(quotes, (quote, index) => of(quote) * (scales[index] ?? 1));
  return {
    symbols: quotes.map(({ symbol }) => symbol),
    of: Uint32Array.from(quotes, (_, index) => index),
    at: column(({ at }) => at),
    bid: scaled(({ bid }) => bid),
    ask: scaled(({ ask }) => ask),
    last: scaled(({ last }) => last),
    size: column(({ size }) => size),
    tradeId: new Float64Array(quotes.length).fill(Number.NaN),
  };
}
