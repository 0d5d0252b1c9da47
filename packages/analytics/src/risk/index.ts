export {
  christoffersen,
  conditionalCoverage,
  type IndependenceTest,
  kupiec,
  type LikelihoodRatio,
  type TrafficLight,
  type Transitions,
  timeUntilFirstFailure,
  trafficLight,
} from './backtest.ts';
export { type BatchOptions, type BatchTailRisk, batchHistoricalRisk } from './batch-historical.ts';
export {
  normalParts,
  type ReturnMoments,
  type RiskParts,
  type TailParts,
  volatilityParts,
} from './components.ts';
export {
  type Copula,
  type CopulaKind,
  type CopulaModel,
  fitCopula,
  fitCopulaModel,
} from './copula.ts';
export {
  type CornishFisherTail,
  cornishFisherTail,
  cornishFisherTailOf,
  type FourMoments,
  type ModifiedCvar,
} from './cornish-fisher.ts';
export { type StressedCorrelation, stressCorrelation } from './correlation-stress.ts';
export { diversificationRatio, effectiveBets, herfindahl } from './diversification.ts';
export { entropicValueAtRisk } from './entropic.ts';
export { type Episode, episodes } from './episodes.ts';
export {
  hillTailIndex,
  type PeaksOverThreshold,
  peaksOverThreshold,
  type ThresholdOptions,
  thresholdTail,
} from './extreme-values.ts';
export {
  conditionalNormalTail,
  ewmaFilter,
  filteredPaths,
  filteredTail,
  garchVolatilityFilter,
  type VolatilityFilter,
} from './filtered.ts';
export { fitGeneralisedPareto, type ParetoFit, paretoByMoments } from './generalised-pareto.ts';
export {
  type HistoricalOptions,
  historicalTail,
  type QuantileRule,
  sortedTail,
  type TailMeanRule,
} from './historical.ts';
export { historicalParts } from './historical-components.ts';
export { overlappingReturns, scaledBySquareRoot, whyNotSquareRoot } from './horizon.ts';
export { fitMargin, type Margin, type MarginKind } from './margin.ts';
export { type Moments, normalTail, normalTailOf, studentTTail } from './parametric.ts';
export { type Levels, levelsOf, type Replay, replay } from './replay.ts';
export type { MethodOptions, RiskMethod, RiskMethodId } from './risk-method.ts';
export { riskMethods } from './risk-methods.ts';
export {
  type BacktestResult,
  backtest,
  type RollingForecasts,
  type RollingOptions,
  rollingForecasts,
} from './rolling-backtest.ts';
export { acerbiSzekely, type ShortfallTest } from './shortfall-backtest.ts';
export {
  normalModel,
  quantileStandardError,
  type ReturnModel,
  type SimulatedTail,
  type SimulationOptions,
  simulateCollapsed,
  simulatedTail,
  simulatePortfolio,
} from './simulation.ts';
export { spectralRisk } from './spectral.ts';
export {
  betasTo,
  conditionalReturns,
  jointBetas,
  type ReverseStress,
  reverseStress,
  scenarioMultiple,
} from './stress.ts';
export { fitStudentT, fitStudentTByMoments, type StudentTFit } from './student-t-fit.ts';
export { type TailRisk, tailOf } from './tail-risk.ts';
export { ageWeightedTail, weightedTail } from './weighted-tail.ts';
