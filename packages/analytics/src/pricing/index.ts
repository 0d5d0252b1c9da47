export {
  type AmericanValue,
  americanOption,
  type SolvedAmerican,
  solveAmerican,
} from './american-option.ts';
export { type BachelierValue, bachelier } from './bachelier.ts';
export { type BarrierOption, barrierOption } from './barrier-option.ts';
export {
  binomialTree,
  type CashDividend,
  type TreeKind,
  type TreeOption,
  type TreeValue,
} from './binomial-tree.ts';
export { black76, type ForwardOption, type ForwardOptionValue } from './black-76.ts';
export {
  blackScholes,
  blackScholesPrice,
  type Greeks,
  type OptionValue,
} from './black-scholes.ts';
export { digitalOption } from './digital-option.ts';
export { baroneAdesiWhaley, type QuadraticApproximation } from './early-exercise.ts';
export {
  impliedNormalVolatility,
  impliedVolatility,
  type PricedForwardOption,
  type PricedOption,
} from './implied-volatility.ts';
export type { OptionKind, OptionMarket } from './option-contract.ts';
