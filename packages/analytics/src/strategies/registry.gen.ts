// Written by `npm run gen` from the folders of this package. Do not edit.
import allWeatherEntry from './all-weather/index.ts';
import atrTrendEntry from './atr-trend/index.ts';
import bollingerBreakoutEntry from './bollinger-breakout/index.ts';
import bollingerReversionEntry from './bollinger-reversion/index.ts';
import buyAndHoldEntry from './buy-and-hold/index.ts';
import cashSecuredPutEntry from './cash-secured-put/index.ts';
import coveredCallEntry from './covered-call/index.ts';
import crossSectionalMomentumEntry from './cross-sectional-momentum/index.ts';
import dollarCostAveragingEntry from './dollar-cost-averaging/index.ts';
import donchianBreakoutEntry from './donchian-breakout/index.ts';
import dualMomentumEntry from './dual-momentum/index.ts';
import emaCrossEntry from './ema-cross/index.ts';
import equalWeightEntry from './equal-weight/index.ts';
import fixedWeightsEntry from './fixed-weights/index.ts';
import macdCrossEntry from './macd-cross/index.ts';
import minVarianceEntry from './min-variance/index.ts';
import mlSignalEntry from './ml-signal/index.ts';
import modelSignalEntry from './model-signal/index.ts';
import pairsEntry from './pairs/index.ts';
import riskParityEntry from './risk-parity/index.ts';
import rsiReversionEntry from './rsi-reversion/index.ts';
import seasonalEntry from './seasonal/index.ts';
import sixtyFortyEntry from './sixty-forty/index.ts';
import smaCrossEntry from './sma-cross/index.ts';
import timeSeriesMomentumEntry from './time-series-momentum/index.ts';
import turnOfMonthEntry from './turn-of-month/index.ts';
import turtleEntry from './turtle/index.ts';
import valueAveragingEntry from './value-averaging/index.ts';
import verticalSpreadEntry from './vertical-spread/index.ts';
import volatilityTargetEntry from './volatility-target/index.ts';

/** All strategies, by the order of their ids. */
export const strategies = [
  allWeatherEntry,
  atrTrendEntry,
  bollingerBreakoutEntry,
  bollingerReversionEntry,
  buyAndHoldEntry,
  cashSecuredPutEntry,
  coveredCallEntry,
  crossSectionalMomentumEntry,
  dollarCostAveragingEntry,
  donchianBreakoutEntry,
  dualMomentumEntry,
  emaCrossEntry,
  equalWeightEntry,
  fixedWeightsEntry,
  macdCrossEntry,
  minVarianceEntry,
  mlSignalEntry,
  modelSignalEntry,
  pairsEntry,
  riskParityEntry,
  rsiReversionEntry,
  seasonalEntry,
  sixtyFortyEntry,
  smaCrossEntry,
  timeSeriesMomentumEntry,
  turnOfMonthEntry,
  turtleEntry,
  valueAveragingEntry,
  verticalSpreadEntry,
  volatilityTargetEntry,
] as const;
