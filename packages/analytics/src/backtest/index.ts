export { type Assumption, assumptions, assumptionsOf } from './assumptions.ts';
export { shuffleFuture, truncateMarket } from './cut-market.ts';
export { learningBars } from './learning-bars.ts';
export {
  type BacktestBars,
  type BacktestInstrument,
  type BacktestMarket,
  closesSession,
  type InstrumentEvent,
  type OptionTerms,
  opensSession,
  type RateColumn,
} from './market.ts';
export type { MarketModel, PredictionColumn } from './market-model.ts';
export { columnsByInstrument } from './predictions-of-run.ts';
export type {
  BacktestResult,
  CostTotals,
  FillColumns,
  LogLine,
  OrderRecord,
  Trade,
} from './result.ts';
export { resultHashInput } from './result-hash-input.ts';
export { type RunOptions, runBacktest } from './run-backtest.ts';
export { type BacktestSettings, backtestSettings } from './settings.ts';
export { StrategyError } from './strategy-error.ts';
export { type ParameterColumns, parameterColumns } from './vector/parameter-columns.ts';
export { runVector, type VectorResult } from './vector/run-vector.ts';
export { runWeights, type WeightsResult } from './vector/run-weights.ts';
export { openSweep, type Sweep, type SweepOptions } from './vector/sweep.ts';
export { emptySweepColumns, type SweepColumns, sweepStatus } from './vector/sweep-columns.ts';
export type { WeightRows } from './vector/weight-rows.ts';
