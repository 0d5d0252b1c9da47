export { awaitedTrials } from './ask-and-tell.ts';
export type { Axis, AxisValue } from './axis.ts';
export {
  type BarRange,
  type CombinatorialReport,
  type CombinatorialSplitReport,
  type CombinatorialWork,
  combinatorialRun,
} from './combinatorial-run.ts';
export {
  type CombinatorialOptions,
  type CombinatorialTrials,
  combinatorialTrials,
} from './combinatorial-trials.ts';
export { type Distribution, distributionOf } from './distribution.ts';
export { type HeatMap, heatMap } from './heat-map.ts';
export { type LuckReport, luckReport, minimumBacktestYears } from './luck-report.ts';
export {
  type Objective,
  objectiveParameters,
  type Performance,
  readObjective,
} from './objective.ts';
export {
  type OverfittingOptions,
  type OverfittingReport,
  overfittingReport,
} from './overfitting-report.ts';
export { rankCorrelation, slope } from './pair-figures.ts';
export type { DriftOfParameter } from './parameter-drift.ts';
export {
  countAllowed,
  indexOf,
  type ParameterSet,
  type ParameterSpace,
  type Point,
  pointAt,
  readSpace,
  type SpaceOptions,
} from './parameter-space.ts';
export { type Neighbourhood, neighbourhoods, type Picked, pickTrial } from './plateau.ts';
export { type EntryColumns, type RandomEntries, randomEntries } from './random-entries.ts';
export {
  bestTrial,
  type ConcurrentOptions,
  resultOf,
  runSearch,
  runSearchConcurrently,
  type SearchResult,
  type TriedTrial,
} from './run-search.ts';
export type { Outcome, Searcher, SearcherState, Trial } from './searcher.ts';
export { type Sensitivity, sensitivities } from './sensitivity.ts';
export {
  readSearch,
  type SearchSettings,
  searchParameters,
  startSearch,
} from './start-search.ts';
export {
  type TradeSimulation,
  tradeSimulation,
  tradeSimulationParameters,
} from './trade-simulation.ts';
export { type TrialDependence, trialDependence } from './trial-dependence.ts';
export {
  countTrials,
  emptyLedger,
  type LedgerEntry,
  mergeLedgers,
  recordTrials,
  type TrialBatch,
  type TrialCount,
  type TrialLedger,
} from './trial-ledger.ts';
export { trialMatrix } from './trial-matrix.ts';
export {
  type ChosenWindow,
  type ConcurrentWalkForwardWork,
  type JudgedWindow,
  type PartRun,
  type WalkForwardWork,
  walkForwardConcurrently,
  walkForwardRun,
} from './walk-forward.ts';
export {
  type PartFigures,
  type WalkForwardReport,
  type WindowReport,
  walkForwardReport,
} from './walk-forward-report.ts';
export {
  type Part,
  type WalkForwardSettings,
  type WalkForwardWindow,
  type WalkForwardWindows,
  walkForwardParameters,
  walkForwardWindows,
} from './walk-forward-windows.ts';
