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
export { type Bond, type BondFlow, type BondFlows, bondFlows } from './bond.ts';
export {
  type BondValue,
  bondAtPrice,
  bondAtYield,
  type Compounding,
  quantLibBasisPointValue,
} from './bond-yield.ts';
export { type DayCount, dayCounts, yearFraction } from './day-count.ts';
export { digitalOption } from './digital-option.ts';
export {
  bootstrapCurve,
  type CurveQuote,
  type DiscountCurve,
  discountFactor,
  forwardRate,
  type Interpolation,
  parRate,
  zeroRate,
} from './discount-curve.ts';
export { baroneAdesiWhaley, type QuadraticApproximation } from './early-exercise.ts';
export { type ForwardInterest, type FxReturn, fxForward, fxReturn } from './foreign-exchange.ts';
export {
  impliedNormalVolatility,
  impliedVolatility,
  type PricedForwardOption,
  type PricedOption,
} from './implied-volatility.ts';
export {
  type FittedNelsonSiegel,
  fitNelsonSiegel,
  type NelsonSiegel,
  nelsonSiegelForward,
  nelsonSiegelRate,
} from './nelson-siegel.ts';
export type { OptionKind, OptionMarket } from './option-contract.ts';
export {
  type Annuity,
  effectiveRate,
  futureValue,
  type InternalRate,
  internalRate,
  modifiedInternalRate,
  netPresentValue,
  nominalRate,
  paymentOf,
  periodsOf,
  presentValueOf,
  rateOf,
} from './time-value.ts';
