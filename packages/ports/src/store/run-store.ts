import type { Json } from '@plimsoll/kernel';

export const runKinds = ['backtest', 'sweep', 'walk-forward', 'training'] as const;
export type RunKind = (typeof runKinds)[number];

export const runStates = ['queued', 'running', 'finished', 'failed', 'cancelled'] as const;
export type RunState = (typeof runStates)[number];

/** The figures that lists of runs show; null where a run has none. */
export interface RunFigures {
  /** Shares: 0.12 is 12 %. */
  readonly totalReturn: number | null;
  readonly annualReturn: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  /** From the highest equity before, ≥ 0. */
  readonly maxDrawdown: number | null;
  /** In base currency. */
  readonly finalEquity: number | null;
  readonly trades: number | null;
}

/** What a run was asked to do; it never changes. */
export interface NewRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly title: string;
  /** The whole checked configuration. */
  readonly config: Json;
  /** Id of the strategy, or its file, `./trend.ts`. */
  readonly strategy: string;
  /** SHA-256, hex, of the strategy’s file; null where it comes with the product. */
  readonly strategyHash: string | null;
  readonly codeVersion: string;
  readonly seed: number;
  readonly requestedBy: string;
  /** The run of which it is a repetition from the same inputs. */
  readonly rerunOf: string | null;
  /** The job that carries it out. */
  readonly jobId: string;
}

/** A file that a run gave. */
export interface RunArtifact {
  /** `equity.parquet` */
  readonly name: string;
  readonly mediaType: string;
  /** Name in the object store. */
  readonly object: string;
  readonly sha256: string;
  readonly size: number;
}

/** What became of a run. */
export interface RunEnd {
  readonly state: Extract<RunState, 'finished' | 'failed'>;
  /** Why it failed, one sentence; empty where it did not. */
  readonly error: string;
  /** SHA-256 over all columns it saw; null where they were never read. */
  readonly dataFingerprint: string | null;
  /** SHA-256 over fills, equity and orders; null where there is no result. */
  readonly resultHash: string | null;
  /** Distinct parameter sets tried on this strategy and these data by then, with this run’s. */
  readonly tries: number | null;
  readonly figures: RunFigures;
  /** What lists do not show: the sentence at the head, notes, how a rerun compares. */
  readonly summary: Json;
  readonly artifacts: readonly RunArtifact[];
}

export interface RunProgressMark {
  readonly done: number;
  readonly of: number;
  readonly doing: string;
}

/** A run with its inputs and what became of it. */
export interface Run extends NewRun, Omit<RunEnd, 'state' | 'artifacts'> {
  readonly state: RunState;
  readonly createdAt: string;
  /** When it was begun the last time. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** How often it was begun; more than once where whoever had it was ended. */
  readonly attempts: number;
  readonly progress: RunProgressMark | null;
}

export interface RunFilter {
  readonly kinds?: readonly RunKind[];
  readonly states?: readonly RunState[];
  readonly strategy?: string;
  /** Part of the title, any case. */
  readonly text?: string;
}

/**
 * Parameter sets that one run tried, as columns: that which tells a set from others, and what came of
 * it.
 */
export interface RunTries {
  readonly runId: string;
  /** Eight bytes a try, of a hash over its parameters. */
  readonly keys: BigUint64Array;
  /** Sharpe ratio a period, not annualised; NaN where there is none. */
  readonly sharpe: Float64Array;
}

/**
 * Runs of a workspace: what was asked for, what became of it, and what was tried. Tries outlive the
 * run that made them, so that a lucky one cannot be made to look like the only one.
 */
export interface RunStore {
  /** Queues a run. */
  add(run: NewRun): Promise<Run>;
  find(id: string): Promise<Run | null>;
  /** Newest first; `cursor` is the `next` of the page before. */
  page(
    filter: RunFilter,
    cursor: string | null,
    limit: number,
  ): Promise<{ readonly items: readonly Run[]; readonly next: string | null }>;
  /** Runs that are queued or running. */
  unfinished(): Promise<number>;
  /** Notes that it was begun, once more where it was before; false where it has ended. */
  begin(id: string): Promise<boolean>;
  /** How far it is; nothing where it is not running. */
  progress(id: string, mark: RunProgressMark): Promise<void>;
  /** False, and nothing is kept, where it has ended already. */
  end(id: string, end: RunEnd): Promise<boolean>;
  /** False where it has ended already. */
  cancel(id: string): Promise<boolean>;
  /** Queues one that has failed or was cancelled once more; false where it has not. */
  requeue(id: string, jobId: string): Promise<boolean>;
  /** Of every run of the workspace. */
  allArtifacts(): Promise<readonly RunArtifact[]>;
  /** By name. */
  artifacts(id: string): Promise<readonly RunArtifact[]>;
  /** Takes an ended run away with the list of its artifacts; false where it has not ended. */
  remove(id: string): Promise<boolean>;
  /** Keeps what a run tried on a strategy and data; what it had tried before is replaced. */
  addTries(strategy: string, data: string, tries: RunTries): Promise<void>;
  /** All that was ever tried on a strategy and data, oldest first. */
  tries(strategy: string, data: string): Promise<readonly RunTries[]>;
}
