export {
  blackLitterman,
  type Posterior,
  type Views,
} from './black-litterman/black-litterman.ts';
export {
  impliedReturns,
  marketRiskAversion,
  unconstrainedWeights,
} from './black-litterman/prior.ts';
export { confidenceErrors, proportionalErrors } from './black-litterman/view-errors.ts';
export {
  type ActiveConstraint,
  type Allocation,
  type AllocationRequest,
  defineOptimiser,
  type Optimiser,
} from './define-optimiser.ts';
export { greedyShares } from './discrete-allocation/greedy-shares.ts';
export {
  type PlannedTrade,
  type TradeList,
  tradeList,
} from './discrete-allocation/trade-list.ts';
export type { TradeFees, TradeListRequest } from './discrete-allocation/trade-request.ts';
export {
  type ExpectationView,
  entropyPooling,
  type Pooled,
} from './entropy-pooling/entropy-pooling.ts';
export {
  pooledMoments,
  poolScenarios,
  type ScenarioView,
} from './entropy-pooling/scenario-views.ts';
export {
  type Corner,
  type EfficientFrontier,
  efficientFrontier,
} from './frontier/efficient-frontier.ts';
export type { ClusterInputs, ClusterMeasure } from './hierarchical/cluster-risk.ts';
export {
  columnDistances,
  correlationDistances,
  correlationFrom,
} from './hierarchical/distances.ts';
export {
  type ClusteredWeights,
  hierarchicalEqualRisk,
  membersOf,
} from './hierarchical/hierarchical-equal-risk.ts';
export { hierarchicalRiskParity } from './hierarchical/hierarchical-risk-parity.ts';
export { type ChooseWeights, nestedClusters } from './hierarchical/nested-clusters.ts';
export { maxGrowth } from './kelly/max-growth.ts';
export {
  type Frontier,
  follow,
  type Stretch,
} from './mean-variance/follow.ts';
export { maxRatio, type Ratio } from './mean-variance/max-ratio.ts';
export { type AtRisk, mostGainAtRisk } from './mean-variance/most-gain-at-risk.ts';
export { type Branched, branch, type Relaxed } from './problem/branch.ts';
export { type Constraint, regionOf } from './problem/constraint.ts';
export type {
  Region,
  RegionPart,
  RegionRow,
  TrackingLimit,
} from './problem/region.ts';
export { type Solved, solveTerms, type Where } from './problem/solve-terms.ts';
export { type Term, termsAt } from './problem/term.ts';
export { type RiskParity, riskParity, riskShares } from './risk-parity/risk-parity.ts';
export { minEntropicRisk } from './tail-risk/min-entropic-risk.ts';
export { type MinScenarioRisk, minScenarioRisk } from './tail-risk/min-scenario-risk.ts';
export { minSemiVariance } from './tail-risk/min-semi-variance.ts';
export type { ConvexMinimum } from './tail-risk/minimise-convex.ts';
export type { LinearMeasure } from './tail-risk/scenario-program.ts';
export { type ScenarioMeasure, scenarioRisk } from './tail-risk/scenario-risk.ts';
