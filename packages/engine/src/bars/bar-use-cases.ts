import type { Timeframe } from '@plimsoll/domain';
import type { Answer, UploadedFile, WriteOptions, Written } from '../use-case.ts';

const adjustments = ['none', 'split', 'total-return'] as const;
/** What later corporate actions do to earlier prices. */
export type Adjustment = (typeof adjustments)[number];

export interface BarsQuery {
  /** Id. */
  readonly instrument: string;
  readonly timeframe: Timeframe;
  /** Bars that start in `[from, until)`, milliseconds since 1970-01-01 UTC. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly adjust: Adjustment;
  /** The newest so many. */
  readonly limit: number;
}

/** Numbers as they go over a wire: null where a field is unknown. */
export type Column = (number | null)[];

/** Bars as columns of one length, oldest first. */
export interface BarsView {
  readonly instrumentId: string;
  readonly label: string;
  readonly currency: string;
  readonly timeframe: Timeframe;
  readonly adjust: Adjustment;
  /** Start of each bar, milliseconds; of a daily one midnight UTC of its day. */
  readonly from: number[];
  readonly open: Column;
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
  /** Whether the range has older bars than these. */
  readonly more: boolean;
  /** Where they came from. */
  readonly source: string;
  /** What was done to them, or is odd about them, one sentence each. */
  readonly notes: string[];
}

/** Which intraday bars there are of one instrument and timeframe. */
export interface BarCoverageView {
  readonly instrumentId: string;
  readonly label: string;
  readonly timeframe: Timeframe;
  /** Start of the first and of the last bar, milliseconds. */
  readonly first: number;
  readonly last: number;
  /** Bars in files; one that several files have counts in each until they are joined. */
  readonly count: number;
  readonly files: number;
  readonly bytes: number;
  readonly source: string;
}

export interface BarImport {
  /** Id. */
  readonly instrument: string;
  /** Of the bars in the files; ticks are rolled up to it. */
  readonly timeframe: Timeframe;
}

/** What became of each file of bars. */
export interface ImportedBarsView {
  readonly instrumentId: string;
  readonly label: string;
  readonly timeframe: Timeframe;
  readonly files: {
    readonly file: string;
    /** Rows read, and bars that were kept of them. */
    readonly rows: number;
    readonly bars: number;
    readonly notes: string[];
  }[];
  readonly refused: { readonly file: string; readonly line: number; readonly reason: string }[];
}

export interface BarUseCases {
  bars(workspace: string, query: BarsQuery): Answer<BarsView>;
  barCoverage(workspace: string): Answer<BarCoverageView[]>;
  importBars(
    workspace: string,
    files: readonly UploadedFile[],
    request: BarImport,
    write: WriteOptions,
  ): Written<ImportedBarsView>;
  /** Joins the files of the workspace; how many there were, and are. */
  compactBars(workspace: string): Answer<{ readonly before: number; readonly after: number }>;
}
