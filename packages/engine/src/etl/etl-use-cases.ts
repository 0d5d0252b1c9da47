import type { PeriodKind } from '@plimsoll/domain';
import type { Day } from '@plimsoll/kernel';
import type { EtlKind, EtlMapping, EtlRefusal, EtlSource } from '@plimsoll/ports';
import type { Answer, UploadedFile, WriteOptions, Written } from '../use-case.ts';

/** How files are to be read and what they are of, where they do not say it themselves. */
export interface EtlRequest {
  readonly kind?: EtlKind | undefined;
  /** Title → meaning. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** A saved mapping by name; `columns` adds to it. */
  readonly mapping?: string | undefined;
  /** Currency of what does not say it. */
  readonly currency?: string | undefined;
  /** The fund whose holdings a file lists, by id. */
  readonly fund?: string | undefined;
  readonly asOf?: Day | undefined;
  readonly index?: string | undefined;
  readonly period?: PeriodKind | undefined;
}

/** An instrument of the workspace. */
export interface EtlInstrumentView {
  readonly id: string;
  readonly label: string;
}

/** What one instrument, fund or index was given. */
export interface EtlCoverageView {
  readonly instrumentId: string | null;
  readonly label: string;
  readonly first: Day | null;
  readonly last: Day | null;
  readonly added: number;
  readonly changed: number;
}

/** What came of files: what was read, taken, mended, kept back and refused, and why. */
export interface EtlReportView {
  /** Null for a preview, and for a load that changed nothing. */
  readonly runId: string | null;
  readonly kind: EtlKind;
  readonly written: boolean;
  readonly sources: EtlSource[];
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  /** As they were known already. */
  readonly unchanged: number;
  readonly repaired: number;
  readonly quarantined: number;
  readonly refused: number;
  /** Rows refused and kept back, with what to do; the first of them where they are many. */
  readonly refusals: EtlRefusal[];
  readonly repairs: {
    readonly label: string;
    readonly day: Day;
    readonly code: string;
    readonly detail: string;
  }[];
  readonly instruments: {
    readonly made: EtlInstrumentView[];
    readonly matched: EtlInstrumentView[];
    /** Named in the files and not known here, where none is made. */
    readonly unknown: string[];
  };
  readonly coverage: EtlCoverageView[];
  readonly notes: string[];
}

export interface EtlRunView {
  readonly id: string;
  readonly kind: string;
  readonly actor: string;
  readonly recordedAt: string;
  readonly report: EtlReportView;
}

/** Files of prices, figures, holdings, reference data and actions, of any layout. */
export interface EtlUseCases {
  /** The report that a load would give; nothing is written. */
  previewEtl(
    workspace: string,
    files: readonly UploadedFile[],
    request: EtlRequest,
  ): Answer<EtlReportView>;
  /** All in one transaction. The same files again change nothing. */
  runEtl(
    workspace: string,
    files: readonly UploadedFile[],
    request: EtlRequest,
    write: WriteOptions,
  ): Written<EtlReportView>;
  /** Newest first. */
  etlRuns(workspace: string, limit: number): Answer<EtlRunView[]>;
  etlRun(workspace: string, id: string): Answer<EtlRunView>;
  /** The rows that a load refused or kept back, as CSV: file, line, reason, fix, row. */
  etlRefusedRows(workspace: string, id: string): Answer<string>;
  etlMappings(workspace: string): Answer<EtlMapping[]>;
  saveEtlMapping(workspace: string, mapping: EtlMapping, write: WriteOptions): Written<EtlMapping>;
}
