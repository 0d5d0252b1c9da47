import type { ParameterTable } from '@plimsoll/kernel';
import type { RunArtifact, RunFigures, RunKind, RunProgressMark, RunState } from '@plimsoll/ports';
import type { Answer, WriteOptions, Written } from '../use-case.ts';
import type { BrokenStrategy } from './strategy-catalogue.ts';

/** A run that is asked for; `config` is what a configuration file says, not checked yet. */
export interface RunRequest {
  readonly kind: RunKind;
  readonly config: unknown;
}

export interface RunsQuery {
  readonly kind?: RunKind | undefined;
  readonly state?: RunState | undefined;
  readonly strategy?: string | undefined;
  readonly text?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A run as lists show it. */
export interface RunView {
  readonly id: string;
  readonly kind: RunKind;
  readonly title: string;
  readonly strategy: string;
  readonly strategyHash: string | null;
  readonly codeVersion: string;
  readonly seed: number;
  readonly state: RunState;
  readonly requestedBy: string;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly attempts: number;
  /** Null where it has not told; `expectedAt` is when it will be done at the rate so far. */
  readonly progress: (RunProgressMark & { readonly expectedAt: string | null }) | null;
  readonly error: string;
  readonly rerunOf: string | null;
  readonly dataFingerprint: string | null;
  readonly resultHash: string | null;
  readonly tries: number | null;
  readonly figures: RunFigures;
}

/** A figure with the convention by which it is computed. */
export interface RunFigure {
  readonly id: string;
  readonly title: string;
  readonly value: number | null;
  /** `share`, `money`, `ratio`, `count`. */
  readonly unit: 'share' | 'money' | 'ratio' | 'count';
  readonly convention: string;
}

/** How a rerun compares with the run that it repeats. */
export interface RerunComparison {
  readonly of: string;
  readonly identical: boolean;
  /** What of the inputs or the result differs, one sentence each. */
  readonly differs: readonly string[];
}

/** What a run gives beside its files. */
export interface RunSummary {
  readonly headline: string;
  readonly base: string;
  readonly figures: readonly RunFigure[];
  /** How far to trust it, one sentence each. */
  readonly trust: readonly string[];
  readonly notes: readonly string[];
  readonly rerun: RerunComparison | null;
}

export interface RunDetailView extends RunView {
  /** The checked configuration, defaults filled in. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly summary: RunSummary | null;
  readonly artifacts: readonly Omit<RunArtifact, 'object'>[];
}

export interface RunPageView {
  readonly items: readonly RunView[];
  readonly next: string | null;
}

/** A file that a run gave, whole. */
export interface ArtifactView {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Runs side by side; columns in the order of `runs`. */
export interface RunComparisonView {
  readonly runs: readonly { readonly id: string; readonly title: string }[];
  readonly figures: readonly (Omit<RunFigure, 'value'> & {
    readonly values: readonly (number | null)[];
  })[];
  /** Lines of the configurations that are not the same in all; null where one does not have it. */
  readonly differences: readonly {
    readonly path: string;
    readonly values: readonly (string | null)[];
  }[];
  /** On the days on which all of them have one, each as a multiple of its first there. */
  readonly equity: {
    readonly days: readonly string[];
    /** Shape [runs × days]. */
    readonly values: readonly (readonly number[])[];
  };
  /** Of the returns between these days, shape [runs × runs]; null where one does not vary. */
  readonly correlation: readonly (readonly (number | null)[])[];
}

/** A strategy as it can be chosen. */
export interface StrategyView {
  readonly id: string;
  readonly file: string | null;
  readonly group: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string | null;
  readonly params: ParameterTable;
  readonly instruments: { readonly min: number; readonly max: number | null };
  readonly vector: boolean;
}

export interface StrategiesView {
  readonly strategies: readonly StrategyView[];
  readonly broken: readonly BrokenStrategy[];
}

/** Backtests, sweeps, walk-forwards and trainings: asked for, followed, compared, repeated. */
export interface RunUseCases {
  strategies(workspace: string): Answer<StrategiesView>;
  /** By id, or by file, `./trend.ts`. */
  strategy(workspace: string, named: string): Answer<StrategyView>;
  /** Checks everything that can be checked at once, and queues the run. */
  createRun(workspace: string, request: RunRequest, write: WriteOptions): Written<RunView>;
  runs(workspace: string, query: RunsQuery): Answer<RunPageView>;
  run(workspace: string, id: string): Answer<RunDetailView>;
  runArtifact(workspace: string, id: string, name: string): Answer<ArtifactView>;
  /** One that has ended is left as it is. */
  cancelRun(workspace: string, id: string, write: WriteOptions): Written<RunView>;
  /** Queues a run that has failed or was cancelled once more. */
  retryRun(workspace: string, id: string, write: WriteOptions): Written<RunView>;
  /** A new run from the inputs of one that was; when it ends it says whether the result is the same. */
  rerunRun(workspace: string, id: string, write: WriteOptions): Written<RunView>;
  /** Takes an ended run away with its files. What it tried stays counted. */
  removeRun(workspace: string, id: string, write: WriteOptions): Written<null>;
  compareRuns(workspace: string, ids: readonly string[]): Answer<RunComparisonView>;
  /** Goes on with what was left. */
  resumeRuns(): Promise<void>;
}
