// Written by `npm run gen` from the folders of this package. Do not edit.
import adxEntry from './adx/index.ts';
import atrEntry from './atr/index.ts';
import bollingerEntry from './bollinger/index.ts';
import donchianEntry from './donchian/index.ts';
import emaEntry from './ema/index.ts';
import macdEntry from './macd/index.ts';
import rocEntry from './roc/index.ts';
import rsiEntry from './rsi/index.ts';
import smaEntry from './sma/index.ts';
import stdevEntry from './stdev/index.ts';
import stochasticEntry from './stochastic/index.ts';
import trueRangeEntry from './true-range/index.ts';

/** All indicators, by the order of their ids. */
export const indicators = [
  adxEntry,
  atrEntry,
  bollingerEntry,
  donchianEntry,
  emaEntry,
  macdEntry,
  rocEntry,
  rsiEntry,
  smaEntry,
  stdevEntry,
  stochasticEntry,
  trueRangeEntry,
] as const;
