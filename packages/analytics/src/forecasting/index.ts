export { type PairSpread, pairSpread } from './pair-spread.ts';
export { type Bars, type RangeVolatility, rangeVolatility, wrongBar } from './range-volatility.ts';
