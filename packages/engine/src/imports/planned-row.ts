import type { Transaction } from '@plimsoll/domain';
import type { ImportFile, ParsedFile } from '@plimsoll/ports';
import type { RefusedRowView } from '../views.ts';

export interface ReadFile {
  readonly file: ImportFile;
  readonly format: string;
  readonly parsed: ParsedFile;
}

/** One row of the files with what will become of it. */
export interface PlannedRow {
  readonly file: string;
  /** Which of the files, from 0: two may have one name. */
  readonly fileIndex: number;
  readonly format: string;
  readonly line: number;
  readonly externalId: string | undefined;
  transaction: Transaction;
  readonly fingerprint: string;
  /** What it means whatever the file's words: with all that it says, and with what every format says. */
  readonly meaning: { readonly full: string; readonly common: string };
  readonly instrumentKeys: readonly string[];
  status: 'add' | 'duplicate' | 'refused';
  refused: RefusedRowView | null;
  /** The transaction of a confirmed corporate action that the row takes the place of. */
  replaces?: string;
}
