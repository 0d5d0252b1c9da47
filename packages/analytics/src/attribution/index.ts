export {
  type BrinsonEffects,
  type BrinsonMethod,
  type BrinsonPeriod,
  brinson,
  type GeometricEffects,
  geometricBrinson,
} from './brinson.ts';
export {
  type CurrencyEffects,
  type CurrencyPeriod,
  currencyAttribution,
} from './currency-attribution.ts';
export { type GroupedReturns, groupReturns } from './group-period.ts';
export {
  type LinkedReturns,
  type LinkingFactors,
  type LinkingMethod,
  linkingFactors,
} from './linking.ts';
export {
  lastOfEach,
  type RebalancedPath,
  type RebalancingCalendar,
  type RebalancingRule,
  rebalancedPath,
} from './rebalanced-path.ts';
