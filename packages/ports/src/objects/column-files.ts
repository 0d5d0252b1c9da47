/** A column of a table file. */
export type FileColumn =
  | {
      readonly name: string;
      /** `time`: milliseconds since 1970 UTC. */
      readonly kind: 'number' | 'integer' | 'time';
      readonly values: Float64Array | Int32Array;
    }
  /** Few texts, many rows: `values[i]` is the place of its text in `of`. */
  | {
      readonly name: string;
      readonly kind: 'text';
      readonly of: readonly string[];
      readonly values: Int32Array;
    };

/** Writes columns as files that other programs read. */
export interface ColumnFiles {
  /** The bytes of a Parquet file; columns are of one length. */
  parquet(columns: readonly FileColumn[]): Promise<Uint8Array>;
  close(): Promise<void>;
}
