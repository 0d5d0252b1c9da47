export { contributions } from './performance/contribution.ts';
export {
  annualise,
  dailyReturns,
  linkReturns,
  type ReturnGaps,
  type ValueColumns,
} from './performance/daily-returns.ts';
export { type Drawdown, maxDrawdown } from './performance/drawdown.ts';
export {
  type CashFlowAt,
  type MoneyWeighted,
  modifiedDietz,
  moneyWeightedReturn,
} from './performance/money-weighted.ts';
export { sameFlows } from './performance/same-flows.ts';
export { volatility } from './performance/volatility.ts';
