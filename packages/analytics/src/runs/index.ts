export { type CarryOutOptions, carryOut } from './carry-out.ts';
export type { Decision, LookAheadProbe, ProbeRun } from './look-ahead-probe.ts';
export type {
  BenchmarkColumn,
  ComputeRun,
  RunOutcome,
  RunProgress,
  RunTask,
  StrategyRef,
  Tried,
} from './run-task.ts';
