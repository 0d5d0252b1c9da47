export { type Closing, closings, openClosings } from './performance/closings.ts';
export { contributions } from './performance/contribution.ts';
export {
  annualise,
  dailyReturns,
  linkReturns,
  type ReturnGaps,
  type ValueColumns,
} from './performance/daily-returns.ts';
export { type Drawdown, maxDrawdown } from './performance/drawdown.ts';
export { type HoldingsOnlyReturn, holdingsOnlyReturn } from './performance/holdings-only.ts';
export { incomeRate, type Payment, type Periodicity } from './performance/income-rate.ts';
export {
  type CashFlowAt,
  type MoneyWeighted,
  modifiedDietz,
  moneyWeightedReturn,
} from './performance/money-weighted.ts';
export { type FlowColumns, moneyWeightedReturns } from './performance/money-weighted-many.ts';
export { type PeriodVolatility, periodVolatility } from './performance/period-volatility.ts';
export { sameFlows } from './performance/same-flows.ts';
export { longestDrawdown, longestRecovery, type Stretch } from './performance/underwater.ts';
export { volatility } from './performance/volatility.ts';
export { whyNoReturn } from './performance/why-no-return.ts';
