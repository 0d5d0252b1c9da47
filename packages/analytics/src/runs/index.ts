export { carryOut } from './carry-out.ts';
export type { CarryOutOptions } from './carry-out-options.ts';
export type { Decision, LookAheadProbe, ProbeRun } from './look-ahead-probe.ts';
export { type ModelDrift, modelDrift } from './model-drift.ts';
export { paramsText } from './params-text.ts';
export type { RunReport, SweepReport, TriedSet, WalkForwardPart } from './run-report.ts';
export type {
  BenchmarkColumn,
  ComputeRun,
  RunOutcome,
  RunProgress,
  RunTask,
  StrategyRef,
  Tried,
  TriedBefore,
} from './run-task.ts';
export { readSweep, type SweepSearch } from './sweep-search.ts';
export type { LearntRecord, TrainedModel, TrainingReport } from './trained-model.ts';
export { isModelName, readTraining, type TrainingBlock, trainingJson } from './training-block.ts';
export { recordOf } from './training-task.ts';
export { type TryTerms, tryKey } from './try-key.ts';
export { walkForwardView } from './walk-forward-view.ts';
