import type { DuckDBDataChunk } from '@duckdb/node-api';

/** Columns of doubles in DuckDB's own memory, copied whole. */
export interface Vectors {
  /** A view of a column of a chunk; it is DuckDB's memory, to be copied at once. */
  read(chunk: DuckDBDataChunk, column: number, rows: number): Float64Array;
  write(chunk: DuckDBDataChunk, column: number, values: Float64Array): void;
}

/** The client's own vectors check each item for NULL, which these columns never are. */
export async function openVectors(): Promise<Vectors> {
  const { default: bindings } = await import('@duckdb/node-bindings');
  return {
    read: ({ chunk }, column, rows) => {
      const vector = bindings.data_chunk_get_vector(chunk, column);
      const bytes = bindings.vector_get_data(vector, rows * Float64Array.BYTES_PER_ELEMENT);
      return new Float64Array(bytes.buffer, bytes.byteOffset, rows);
    },
    write: ({ chunk }, column, values) => {
      const vector = bindings.data_chunk_get_vector(chunk, column);
      const { buffer, byteOffset, byteLength } = values;
      bindings.copy_data_to_vector(vector, 0, buffer as ArrayBuffer, byteOffset, byteLength);
    },
  };
}
