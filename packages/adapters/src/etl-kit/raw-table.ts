/** A row as text, with the line that it stands on. */
export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A table as a file has it, what stands above and below it included. */
export interface RawTable {
  readonly file: string;
  /** The sheet, or the member of JSON; empty where the file is one table. */
  readonly name: string;
  readonly rows: readonly RawRow[];
}

/** The row as it is shown to whoever has to mend it. */
export const shownRow = ({ cells }: RawRow): string => cells.join(',').slice(0, 200);
