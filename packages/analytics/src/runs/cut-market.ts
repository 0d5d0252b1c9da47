import type { BacktestBars, BacktestMarket } from '../backtest/market.ts';

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
function countUntil(column: Float64Array, at: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The market with its history beginning later: bars that were known before `at` are not there. */
export function marketFrom(market: BacktestMarket, at: number): BacktestMarket {
  const later = (bars: BacktestBars): BacktestBars =>
    rowsOf(bars, countUntil(bars.known, at) - hasAt(bars.known, at), bars.known.length);
  return {
    ...market,
    instruments: market.instruments.map((one) => ({
      ...one,
      bars: later(one.bars),
      finer: one.finer && later(one.finer),
    })),
  };
}

const hasAt = (known: Float64Array, at: number): number =>
  known[countUntil(known, at) - 1] === at ? 1 : 0;

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
