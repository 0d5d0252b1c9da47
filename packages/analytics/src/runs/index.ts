export type {
  BenchmarkColumn,
  ComputeRun,
  RunOutcome,
  RunProgress,
  RunTask,
  StrategyRef,
} from './run-task.ts';
