import type { BacktestBars, BacktestMarket } from '@plimsoll/analytics/backtest';

/** The same market with its columns in memory that threads share: handing it over copies nothing. */
export const shareMarket = (market: BacktestMarket): BacktestMarket => ({
  ...market,
  instruments: market.instruments.map((one) => ({
    ...one,
    bars: shareBars(one.bars),
    finer: one.finer === null ? null : shareBars(one.finer),
  })),
  rates: market.rates.map(({ currency, known, rate }) => ({
    currency,
    known: shared(known),
    rate: shared(rate),
  })),
});

const shareBars = (bars: BacktestBars): BacktestBars => {
  const edges = new Uint8Array(new SharedArrayBuffer(bars.edges.length));
  edges.set(bars.edges);
  return {
    from: shared(bars.from),
    opened: shared(bars.opened),
    known: shared(bars.known),
    session: shared(bars.session),
    edges,
    open: shared(bars.open),
    high: shared(bars.high),
    low: shared(bars.low),
    close: shared(bars.close),
    volume: shared(bars.volume),
  };
};

function shared(column: Float64Array): Float64Array {
  if (column.buffer instanceof SharedArrayBuffer) return column;
  const copy = new Float64Array(new SharedArrayBuffer(column.byteLength));
  copy.set(column);
  return copy;
}
