// Written by `npm run gen` from the folders of this package. Do not edit.
import accelerationBandsEntry from './acceleration-bands/index.ts';
import acceleratorEntry from './accelerator/index.ts';
import accumulationDistributionEntry from './accumulation-distribution/index.ts';
import adxEntry from './adx/index.ts';
import alligatorEntry from './alligator/index.ts';
import almaEntry from './alma/index.ts';
import apoEntry from './apo/index.ts';
import aroonEntry from './aroon/index.ts';
import atrEntry from './atr/index.ts';
import atrStopEntry from './atr-stop/index.ts';
import autocorrelationEntry from './autocorrelation/index.ts';
import awesomeEntry from './awesome/index.ts';
import balanceOfPowerEntry from './balance-of-power/index.ts';
import bollingerEntry from './bollinger/index.ts';
import cciEntry from './cci/index.ts';
import chaikinMoneyFlowEntry from './chaikin-money-flow/index.ts';
import chaikinOscillatorEntry from './chaikin-oscillator/index.ts';
import chaikinVolatilityEntry from './chaikin-volatility/index.ts';
import chandeKrollEntry from './chande-kroll/index.ts';
import chandelierEntry from './chandelier/index.ts';
import choppinessEntry from './choppiness/index.ts';
import cmoEntry from './cmo/index.ts';
import connorsRsiEntry from './connors-rsi/index.ts';
import coppockEntry from './coppock/index.ts';
import demaEntry from './dema/index.ts';
import dojiEntry from './doji/index.ts';
import donchianEntry from './donchian/index.ts';
import dpoEntry from './dpo/index.ts';
import easeOfMovementEntry from './ease-of-movement/index.ts';
import elderRayEntry from './elder-ray/index.ts';
import emaEntry from './ema/index.ts';
import engulfingEntry from './engulfing/index.ts';
import envelopeEntry from './envelope/index.ts';
import epmaEntry from './epma/index.ts';
import fisherEntry from './fisher/index.ts';
import forceIndexEntry from './force-index/index.ts';
import fractalEntry from './fractal/index.ts';
import fractalBandsEntry from './fractal-bands/index.ts';
import gatorEntry from './gator/index.ts';
import heikinAshiEntry from './heikin-ashi/index.ts';
import hilbertTrendEntry from './hilbert-trend/index.ts';
import historicalVolatilityEntry from './historical-volatility/index.ts';
import hmaEntry from './hma/index.ts';
import ichimokuEntry from './ichimoku/index.ts';
import insideBarEntry from './inside-bar/index.ts';
import kamaEntry from './kama/index.ts';
import keltnerEntry from './keltner/index.ts';
import klingerEntry from './klinger/index.ts';
import kstEntry from './kst/index.ts';
import linearRegressionEntry from './linear-regression/index.ts';
import macdEntry from './macd/index.ts';
import mamaEntry from './mama/index.ts';
import marubozuEntry from './marubozu/index.ts';
import massIndexEntry from './mass-index/index.ts';
import mcginleyEntry from './mcginley/index.ts';
import meanDeviationEntry from './mean-deviation/index.ts';
import midpointEntry from './midpoint/index.ts';
import momentumEntry from './momentum/index.ts';
import moneyFlowIndexEntry from './money-flow-index/index.ts';
import negativeVolumeEntry from './negative-volume/index.ts';
import obvEntry from './obv/index.ts';
import parabolicSarEntry from './parabolic-sar/index.ts';
import parkinsonVolatilityEntry from './parkinson-volatility/index.ts';
import percentRankEntry from './percent-rank/index.ts';
import pivotPointsEntry from './pivot-points/index.ts';
import pmoEntry from './pmo/index.ts';
import positiveVolumeEntry from './positive-volume/index.ts';
import ppoEntry from './ppo/index.ts';
import priceRelativeEntry from './price-relative/index.ts';
import priceVolumeTrendEntry from './price-volume-trend/index.ts';
import pvoEntry from './pvo/index.ts';
import regressionChannelEntry from './regression-channel/index.ts';
import relativeVigorEntry from './relative-vigor/index.ts';
import relativeVolatilityEntry from './relative-volatility/index.ts';
import rocEntry from './roc/index.ts';
import rocBandsEntry from './roc-bands/index.ts';
import rollingBetaEntry from './rolling-beta/index.ts';
import rollingCorrelationEntry from './rolling-correlation/index.ts';
import rollingHurstEntry from './rolling-hurst/index.ts';
import rollingMaxEntry from './rolling-max/index.ts';
import rollingMinEntry from './rolling-min/index.ts';
import rollingPivotsEntry from './rolling-pivots/index.ts';
import rollingQuantileEntry from './rolling-quantile/index.ts';
import rollingShapeEntry from './rolling-shape/index.ts';
import rollingSumEntry from './rolling-sum/index.ts';
import rsiEntry from './rsi/index.ts';
import schaffEntry from './schaff/index.ts';
import smaEntry from './sma/index.ts';
import smiEntry from './smi/index.ts';
import smmaEntry from './smma/index.ts';
import starcEntry from './starc/index.ts';
import stdevEntry from './stdev/index.ts';
import stochasticEntry from './stochastic/index.ts';
import stochasticRsiEntry from './stochastic-rsi/index.ts';
import supertrendEntry from './supertrend/index.ts';
import t3Entry from './t3/index.ts';
import temaEntry from './tema/index.ts';
import trimaEntry from './trima/index.ts';
import trixEntry from './trix/index.ts';
import trueRangeEntry from './true-range/index.ts';
import tsiEntry from './tsi/index.ts';
import ulcerEntry from './ulcer/index.ts';
import ultimateOscillatorEntry from './ultimate-oscillator/index.ts';
import verticalHorizontalEntry from './vertical-horizontal/index.ts';
import vidyaEntry from './vidya/index.ts';
import volatilityStopEntry from './volatility-stop/index.ts';
import vortexEntry from './vortex/index.ts';
import vwapEntry from './vwap/index.ts';
import vwmaEntry from './vwma/index.ts';
import williamsREntry from './williams-r/index.ts';
import wmaEntry from './wma/index.ts';
import zigzagEntry from './zigzag/index.ts';
import zlemaEntry from './zlema/index.ts';

/** All indicators, by the order of their ids. */
export const indicators = [
  accelerationBandsEntry,
  acceleratorEntry,
  accumulationDistributionEntry,
  adxEntry,
  alligatorEntry,
  almaEntry,
  apoEntry,
  aroonEntry,
  atrEntry,
  atrStopEntry,
  autocorrelationEntry,
  awesomeEntry,
  balanceOfPowerEntry,
  bollingerEntry,
  cciEntry,
  chaikinMoneyFlowEntry,
  chaikinOscillatorEntry,
  chaikinVolatilityEntry,
  chandeKrollEntry,
  chandelierEntry,
  choppinessEntry,
  cmoEntry,
  connorsRsiEntry,
  coppockEntry,
  demaEntry,
  dojiEntry,
  donchianEntry,
  dpoEntry,
  easeOfMovementEntry,
  elderRayEntry,
  emaEntry,
  engulfingEntry,
  envelopeEntry,
  epmaEntry,
  fisherEntry,
  forceIndexEntry,
  fractalEntry,
  fractalBandsEntry,
  gatorEntry,
  heikinAshiEntry,
  hilbertTrendEntry,
  historicalVolatilityEntry,
  hmaEntry,
  ichimokuEntry,
  insideBarEntry,
  kamaEntry,
  keltnerEntry,
  klingerEntry,
  kstEntry,
  linearRegressionEntry,
  macdEntry,
  mamaEntry,
  marubozuEntry,
  massIndexEntry,
  mcginleyEntry,
  meanDeviationEntry,
  midpointEntry,
  momentumEntry,
  moneyFlowIndexEntry,
  negativeVolumeEntry,
  obvEntry,
  parabolicSarEntry,
  parkinsonVolatilityEntry,
  percentRankEntry,
  pivotPointsEntry,
  pmoEntry,
  positiveVolumeEntry,
  ppoEntry,
  priceRelativeEntry,
  priceVolumeTrendEntry,
  pvoEntry,
  regressionChannelEntry,
  relativeVigorEntry,
  relativeVolatilityEntry,
  rocEntry,
  rocBandsEntry,
  rollingBetaEntry,
  rollingCorrelationEntry,
  rollingHurstEntry,
  rollingMaxEntry,
  rollingMinEntry,
  rollingPivotsEntry,
  rollingQuantileEntry,
  rollingShapeEntry,
  rollingSumEntry,
  rsiEntry,
  schaffEntry,
  smaEntry,
  smiEntry,
  smmaEntry,
  starcEntry,
  stdevEntry,
  stochasticEntry,
  stochasticRsiEntry,
  supertrendEntry,
  t3Entry,
  temaEntry,
  trimaEntry,
  trixEntry,
  trueRangeEntry,
  tsiEntry,
  ulcerEntry,
  ultimateOscillatorEntry,
  verticalHorizontalEntry,
  vidyaEntry,
  volatilityStopEntry,
  vortexEntry,
  vwapEntry,
  vwmaEntry,
  williamsREntry,
  wmaEntry,
  zigzagEntry,
  zlemaEntry,
] as const;
