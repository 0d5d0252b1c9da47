import type { Day } from '@plimsoll/kernel';

/** How a number is to be read and shown: 0.12 as a fraction is 12 %. */
export type Unit =
  | 'fraction'
  | 'ratio'
  | 'number'
  | 'count'
  | 'days'
  | 'periods'
  | 'years'
  | 'money';

/** One figure of a report, with everything that explains it. */
export interface Figure {
  /** `sharpe`, stable and unique within its report. */
  readonly id: string;
  readonly title: string;
  /** The heading that it stands under where there are many; figures of one section follow each other. */
  readonly section?: string;
  /** Null where it cannot be known; `why` then says the reason. Never NaN. */
  readonly value: number | null;
  readonly why?: string | undefined;
  readonly unit: Unit;
  /** In plain Unicode, as the docstring of the function has it. */
  readonly formula?: string;
  /** Author, title, year. */
  readonly source?: string;
  /** A convention or a known error that the reader must know of. */
  readonly note?: string;
}

export interface TableColumn {
  readonly id: string;
  readonly title: string;
  /** How numbers of this column are read; texts need none. */
  readonly unit?: Unit | undefined;
}

export type Cell = number | string | null;

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  /** A cell a column; null where there is no number. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface ChartLine {
  readonly name: string;
  /** One for each place of the chart's x; null makes a gap. */
  readonly values: readonly (number | null)[];
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly kind: 'line' | 'area' | 'bars' | 'heat' | 'points';
  /** Days, names or numbers along the bottom. A heat map has its lines as rows. */
  readonly x: readonly (Day | string | number)[];
  readonly lines: readonly ChartLine[];
  readonly unit: Unit;
  /** Growth over many years is read on a log scale: of 1 + value for fractions. Linear if not given. */
  readonly scale?: 'log' | undefined;
}

/** What the figures rest on. */
export interface Sample {
  readonly from: Day | null;
  readonly to: Day | null;
  /** Observations that counted. */
  readonly n: number;
  /** Observations without a number, left out. */
  readonly missing: number;
}

/** The answer of an analysis, in one shape whatever it computed. */
export interface Report {
  readonly title: string;
  readonly sample: Sample | null;
  /** One sentence each: the conventions in force. */
  readonly conventions: readonly string[];
  readonly figures: readonly Figure[];
  readonly tables: readonly ReportTable[];
  readonly charts: readonly Chart[];
  /** What was left out, replaced or found strange; one sentence each. */
  readonly notes: readonly string[];
}
