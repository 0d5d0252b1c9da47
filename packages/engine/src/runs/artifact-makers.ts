import type { Report } from '@plimsoll/analytics/analysis';
import type { RunOutcome } from '@plimsoll/analytics/runs';
import type { ColumnFiles, Run } from '@plimsoll/ports';

/** A file before it is kept. */
export interface NewArtifact {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** What makes files beside those of plain text; none of a kind where there is none. */
export interface ArtifactMakers {
  /** Writes columns as Parquet. */
  readonly files?: ColumnFiles | undefined;
  /** Pages made of what came of a run, such as its report in one file. */
  readonly page?: ((run: Run, outcome: RunOutcome) => Promise<readonly NewArtifact[]>) | undefined;
  /** A report as a page, such as the card of a model. */
  readonly card?: ((report: Report) => Promise<Uint8Array>) | undefined;
}
