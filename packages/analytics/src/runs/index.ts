export { type CarryOutOptions, carryOut } from './carry-out.ts';
export type { Decision, LookAheadProbe, ProbeRun } from './look-ahead-probe.ts';
export type { RunReport, SweepReport, TriedSet, WalkForwardPart } from './run-report.ts';
export type {
  BenchmarkColumn,
  ComputeRun,
  RunOutcome,
  RunProgress,
  RunTask,
  StrategyRef,
  Tried,
} from './run-task.ts';
export { readSweep, type SweepSearch } from './sweep-search.ts';
