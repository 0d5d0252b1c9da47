// Written by `npm run gen` from the folders of this package. Do not edit.
import atrTrendEntry from './atr-trend/index.ts';
import bollingerBreakoutEntry from './bollinger-breakout/index.ts';
import bollingerReversionEntry from './bollinger-reversion/index.ts';
import donchianBreakoutEntry from './donchian-breakout/index.ts';
import emaCrossEntry from './ema-cross/index.ts';
import macdCrossEntry from './macd-cross/index.ts';
import rsiReversionEntry from './rsi-reversion/index.ts';
import smaCrossEntry from './sma-cross/index.ts';

/** All strategies, by the order of their ids. */
export const strategies = [
  atrTrendEntry,
  bollingerBreakoutEntry,
  bollingerReversionEntry,
  donchianBreakoutEntry,
  emaCrossEntry,
  macdCrossEntry,
  rsiReversionEntry,
  smaCrossEntry,
] as const;
