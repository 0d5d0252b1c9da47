import type { Random } from '@plimsoll/kernel';
import type {
  BacktestBars,
  BacktestInstrument,
  BacktestMarket,
  RateColumn,
} from '../backtest/market.ts';

/** Rows `[from, until)` of bars; the columns are views. */
function rowsOf(bars: BacktestBars, from: number, until: number): BacktestBars {
  return {
    from: bars.from.subarray(from, until),
    opened: bars.opened.subarray(from, until),
    known: bars.known.subarray(from, until),
    session: bars.session.subarray(from, until),
    edges: bars.edges.subarray(from, until),
    open: bars.open.subarray(from, until),
    high: bars.high.subarray(from, until),
    low: bars.low.subarray(from, until),
    close: bars.close.subarray(from, until),
    volume: bars.volume.subarray(from, until),
  };
}

/** How many entries of a rising column are at most `at`. Cost: log n. */
export function countUntil(column: Float64Array, at: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same market with each instrument's bars changed; instruments that nothing is known of stay. */
function withBars(
  market: BacktestMarket,
  change: (bars: BacktestBars) => BacktestBars,
): readonly BacktestInstrument[] {
  return market.instruments.map((one) => ({
    ...one,
    bars: change(one.bars),
    finer: one.finer === null ? null : change(one.finer),
  }));
}

/** What was known by a moment, and nothing else: bars, rates, and what happened by then. */
export function marketUntil(market: BacktestMarket, at: number): BacktestMarket {
  const rateUntil = ({ currency, known, rate }: RateColumn): RateColumn => {
    const count = countUntil(known, at);
    return { currency, known: known.subarray(0, count), rate: rate.subarray(0, count) };
  };
  const cut = withBars(market, (bars) => rowsOf(bars, 0, countUntil(bars.known, at)));
  return {
    ...market,
    instruments: cut.map((one) => ({
      ...one,
      events: one.events.filter((event) => event.at <= at),
    })),
    rates: market.rates.map(rateUntil),
  };
}

/** The market with its history beginning later: bars that were known before `at` are not there. */
export function marketFrom(market: BacktestMarket, at: number): BacktestMarket {
  return {
    ...market,
    instruments: withBars(market, (bars) =>
      rowsOf(bars, countUntil(bars.known, at) - hasAt(bars.known, at), bars.known.length),
    ),
  };
}

const hasAt = (known: Float64Array, at: number): number =>
  known[countUntil(known, at) - 1] === at ? 1 : 0;

/** The market with the prices of all bars that were known after a moment changing places. */
export function marketShuffled(market: BacktestMarket, at: number, random: Random): BacktestMarket {
  return {
    ...market,
    instruments: withBars(market, (bars) => {
      const first = countUntil(bars.known, at);
      const order = shuffledFrom(first, bars.known.length, random);
      const moved = (column: Float64Array): Float64Array => {
        const changed = column.slice();
        for (const [i, place] of order.entries()) changed[first + i] = column[place] as number;
        return changed;
      };
      return {
        ...bars,
        open: moved(bars.open),
        high: moved(bars.high),
        low: moved(bars.low),
        close: moved(bars.close),
        volume: moved(bars.volume),
      };
    }),
  };
}

/** The numbers from `first` to below `until` in an order of chance. Source: Fisher and Yates. */
function shuffledFrom(first: number, until: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: Math.max(0, until - first) }, (_, i) => first + i);
  for (let i = order.length - 1; i > 0; i--) {
    const other = random.integer(i + 1);
    const kept = order[i] as number;
    order[i] = order[other] as number;
    order[other] = kept;
  }
  return order;
}

/** The moments at which anything becomes known, rising, each once. */
export function momentsOf(market: BacktestMarket): Float64Array {
  const [only] = market.instruments;
  if (only && market.instruments.length === 1) return only.bars.known;
  const total = market.instruments.reduce((sum, { bars }) => sum + bars.known.length, 0);
  const all = new Float64Array(total);
  let place = 0;
  for (const { bars } of market.instruments) {
    all.set(bars.known, place);
    place += bars.known.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < total; i++) {
    if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i] as number;
  }
  return all.slice(0, kept);
}
