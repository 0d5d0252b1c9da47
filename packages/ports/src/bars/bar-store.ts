import type { TickColumns, TimedBars, Timeframe } from '@plimsoll/domain';
import type { Fault, Result } from '@plimsoll/kernel';

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
  /**
   * Files written later win on the bars they have; grows within the workspace. Joined files have the
   * version of the newest of their parts, for what was written meanwhile is newer than they are.
   */
  readonly version: number;
}

/** A file that does not count any more. */
export interface RetiredBarFile {
  readonly name: string;
  readonly retiredAt: string;
}

/** The list of files that count, kept in the database; part of a unit of work. */
export interface BarFileStore {
  /** Files that count, by version and then first bar; of all instruments or timeframes where null. */
  list(
    instrumentIds: readonly string[] | null,
    timeframe: Timeframe | null,
  ): Promise<readonly BarFile[]>;
  /** Each gets a version of its own, in this order. The instrument must be one of the workspace. */
  add(files: readonly Omit<BarFile, 'version'>[]): Promise<void>;
  /**
   * Puts one file in the place of several, which stay listed as history. False, and nothing happens,
   * where one of them does not count any more.
   */
  join(file: Omit<BarFile, 'version'>, partIds: readonly string[]): Promise<boolean>;
  /** Files that do not count any more, oldest first. */
  retired(): Promise<readonly RetiredBarFile[]>;
}

export interface BarCoverage {
  readonly instrumentId: string;
  readonly timeframe: Timeframe;
  /** Start of the first and of the last bar, milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Bars in all files; one that several files have counts in each until they are joined. */
  readonly count: number;
  readonly files: number;
  readonly bytes: number;
  /** Where they came from, each source once. */
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

/** Which bars of which instrument: those that start in `[from, until)`, in milliseconds. */
export interface BarRange {
  readonly timeframe: Timeframe;
  readonly from: number;
  readonly until: number;
}

/** A file of bars that is listed and cannot be used. */
export interface BarFileFinding {
  readonly workspaceId: string;
  readonly name: string;
  readonly detail: string;
}

/**
 * Intraday history, columns in and columns out. A listed file that is missing or is not the one that
 * was kept is refused by name, as an `ObjectRefusal`; it is never read as if it were empty.
 */
export interface BarStore {
  /**
   * Merges by time: what is written later wins on the bars it has. Durable once it resolves; of several
   * months or years at once, each is there whole or not. The instrument must be one of the workspace.
   */
  write(
    workspaceId: string,
    instrumentId: string,
    written: { readonly timeframe: Timeframe; readonly bars: TimedBars; readonly source: string },
  ): Promise<{ readonly written: number }>;
  read(workspaceId: string, instrumentId: string, range: BarRange): Promise<TimedBars>;
  matrix(
    workspaceId: string,
    instrumentIds: readonly string[],
    range: BarRange,
  ): Promise<BarMatrix>;
  /** By instrument and then timeframe. */
  coverage(workspaceId: string): Promise<readonly BarCoverage[]>;
  /**
   * Joins small files, drops what later ones replaced, and removes files that nobody can be reading
   * any more; readers see the same bars throughout. What it has done stays done when it is stopped.
   */
  compact(
    workspaceId: string,
    signal: AbortSignal,
  ): Promise<{ readonly before: number; readonly after: number }>;
  /** Looks at each listed file, whole. */
  verify(workspaceId: string): Promise<readonly BarFileFinding[]>;
  close(): Promise<void>;
}

/** What a file that a user brings has: bars, or ticks that are still to be rolled up. By time. */
export interface BarFileContent {
  /** Rows of the file, those refused among them. */
  readonly rows: number;
  readonly content:
    | { readonly kind: 'bars'; readonly bars: TimedBars }
    | { readonly kind: 'ticks'; readonly ticks: TickColumns };
  /** Rows that were not taken, the first hundred; `line` counts rows, 1 is the header of a CSV file. */
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  readonly refusedCount: number;
  /** How the file was understood, one sentence each. */
  readonly notes: readonly string[];
}

/** Reads intraday files of users. Total: any bytes give content or a refusal that says what is wrong. */
export interface BarFileReader {
  /**
   * @param timeframe What bars of the file are said to be. A row that is none is refused, and the file
   *   where it has finer ones; ticks may be of any.
   */
  read(
    file: { readonly name: string; readonly bytes: Uint8Array },
    timeframe: Timeframe,
  ): Promise<Result<BarFileContent, Fault>>;
  close(): Promise<void>;
}
