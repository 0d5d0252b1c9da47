export type { Activity, TradeFigures } from './activity.ts';
export { type BacktestReport, backtestReport } from './backtest-report.ts';
export type { Measure } from './measures.ts';
export type { CostRun, Neighbourhood, ReportInput, Tried } from './report-input.ts';
export type { Trust } from './trust.ts';
export type { TrustLine } from './trust-line.ts';
export { trustSentence } from './trust-sentence.ts';
