import type { Random } from '@plimsoll/kernel';
import type { BacktestBars, BacktestMarket, RateColumn } from './market.ts';

/** How many of the rising times are not later than `at`. */
function countUntil(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function barsUntil(bars: BacktestBars, at: number): BacktestBars {
  const count = countUntil(bars.known, at);
  return {
    from: bars.from.subarray(0, count),
    opened: bars.opened.subarray(0, count),
    known: bars.known.subarray(0, count),
    session: bars.session.subarray(0, count),
    edges: bars.edges.subarray(0, count),
    open: bars.open.subarray(0, count),
    high: bars.high.subarray(0, count),
    low: bars.low.subarray(0, count),
    close: bars.close.subarray(0, count),
    volume: bars.volume.subarray(0, count),
  };
}

function ratesUntil({ currency, known, rate }: RateColumn, at: number): RateColumn {
  const count = countUntil(known, at);
  return { currency, known: known.subarray(0, count), rate: rate.subarray(0, count) };
}

/**
 * The market as it was known at a time (milliseconds): without bars, rates and events that became
 * known later. Columns are shared with the market that was given. What a strategy did until then must
 * be the same on both.
 */
export function truncateMarket(market: BacktestMarket, at: number): BacktestMarket {
  return {
    ...market,
    instruments: market.instruments.map((instrument) => ({
      ...instrument,
      bars: barsUntil(instrument.bars, at),
      finer: instrument.finer && barsUntil(instrument.finer, at),
      events: instrument.events.filter((event) => event.at <= at),
    })),
    rates: market.rates.map((column) => ratesUntil(column, at)),
  };
}

/** A column whose places from `start` on are taken from those in `order`. */
function shuffled(column: Float64Array, start: number, order: Int32Array): Float64Array {
  const moved = column.slice();
  for (let i = 0; i < order.length; i++) moved[start + i] = column[order[i] as number] as number;
  return moved;
}

/** The numbers from `start` to `end` (not in it) in an order of chance. */
function orderOfChance(start: number, end: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: end - start }, (_, i) => start + i);
  for (let i = order.length - 1; i > 0; i--) {
    const other = random.integer(i + 1);
    const kept = order[i] as number;
    order[i] = order[other] as number;
    order[other] = kept;
  }
  return order;
}

/**
 * The market with another future: bars and rates that became known after a time (milliseconds) change
 * places with one another, and later events do not happen. All that was known until then stays, and so
 * must all that a strategy did.
 */
export function shuffleFuture(market: BacktestMarket, at: number, random: Random): BacktestMarket {
  const known = truncateMarket(market, at);
  return {
    ...market,
    instruments: market.instruments.map((instrument, i) => {
      const { bars } = instrument;
      const start = countUntil(bars.known, at);
      const order = orderOfChance(start, bars.known.length, random);
      return {
        ...instrument,
        bars: {
          ...bars,
          open: shuffled(bars.open, start, order),
          high: shuffled(bars.high, start, order),
          low: shuffled(bars.low, start, order),
          close: shuffled(bars.close, start, order),
          volume: shuffled(bars.volume, start, order),
        },
        finer: known.instruments[i]?.finer ?? null,
        events: known.instruments[i]?.events ?? [],
      };
    }),
    rates: market.rates.map((column) => {
      const start = countUntil(column.known, at);
      const order = orderOfChance(start, column.known.length, random);
      return { ...column, rate: shuffled(column.rate, start, order) };
    }),
  };
}
