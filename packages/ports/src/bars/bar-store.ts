import type { TimedBars, Timeframe } from '@plimsoll/domain';

export type { TimedBars, Timeframe };

/** One file of bars, as the database lists it. */
export interface BarFile {
  readonly id: string;
  readonly instrumentId: string;
  readonly timeframe: Timeframe;
  /** Name in the object store. */
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
  readonly size: number;
  readonly count: number;
  /** Start of the first and of the last bar, milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Where the bars came from. */
  readonly source: string;
  /** Files written later win on the bars they have; grows within the workspace. */
  readonly version: number;
}

/** The list of files that count, kept in the database; part of a unit of work. */
export interface BarFileStore {
  list(
    instrumentIds: readonly string[] | null,
    timeframe: Timeframe | null,
  ): Promise<readonly BarFile[]>;
  /** Adds and retires in one step; a retired file stays listed as history, out of `list`. */
  replace(added: readonly Omit<BarFile, 'version'>[], retired: readonly string[]): Promise<void>;
}

export interface BarCoverage {
  readonly instrumentId: string;
  readonly timeframe: Timeframe;
  readonly first: number;
  readonly last: number;
  readonly count: number;
  readonly files: number;
  readonly bytes: number;
  readonly source: string;
}

/** Closes of several instruments over the same times. */
export interface BarMatrix {
  /** Milliseconds, strictly rising: every time at which one of them has a bar. */
  readonly from: Float64Array;
  readonly instrumentIds: readonly string[];
  /** Row-major, shape [instruments × times]; NaN where an instrument has no bar. */
  readonly close: Float64Array;
}

/** Intraday history, columns in and columns out. Ranges are half-open, in milliseconds. */
export interface BarStore {
  /** Merges by time: what is written later wins on the bars it has. Durable once it resolves. */
  write(
    workspaceId: string,
    instrumentId: string,
    timeframe: Timeframe,
    bars: TimedBars,
    source: string,
  ): Promise<{ readonly written: number }>;
  read(
    workspaceId: string,
    instrumentId: string,
    timeframe: Timeframe,
    from: number,
    until: number,
  ): Promise<TimedBars>;
  matrix(
    workspaceId: string,
    instrumentIds: readonly string[],
    timeframe: Timeframe,
    from: number,
    until: number,
  ): Promise<BarMatrix>;
  coverage(workspaceId: string): Promise<readonly BarCoverage[]>;
  /** Joins small files and drops what later ones replaced; readers see the same bars throughout. */
  compact(
    workspaceId: string,
    signal: AbortSignal,
  ): Promise<{ readonly before: number; readonly after: number }>;
  close(): Promise<void>;
}
