export { shuffleFuture, truncateMarket } from './cut-market.ts';
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
