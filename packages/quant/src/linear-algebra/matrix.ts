/** A dense matrix, row-major: entry (i, j) is `data[i · columns + j]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Shape [rows × columns]. */
  readonly data: Float64Array;
}

/** A matrix over `data` (not copied), or of zeros. Throws where `data` has another length. */
export function matrix(
  rows: number,
  columns: number,
  data: Float64Array = new Float64Array(rows * columns),
): Matrix {
  if (data.length !== rows * columns) {
    throw new RangeError(`${data.length} numbers do not fill a matrix of ${rows} × ${columns}.`);
  }
  return { rows, columns, data };
}

/** A matrix of rows that are all as long as the first. Throws where one is not. */
export function fromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const made = matrix(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) {
      throw new RangeError(`Row ${i} has ${row.length} entries, the first has ${columns}.`);
    }
    made.data.set(row, i * columns);
  });
  return made;
}

/** The rows as plain lists, for replies. */
export const toRows = ({ rows, columns, data }: Matrix): number[][] =>
  Array.from({ length: rows }, (_, i) => [...data.subarray(i * columns, (i + 1) * columns)]);

/** Column j of A, a copy. Shape [rows]. */
export function columnOf({ rows, columns, data }: Matrix, j: number): Float64Array {
  const made = new Float64Array(rows);
  for (let i = 0; i < rows; i++) made[i] = data[i * columns + j];
  return made;
}

/** Iₙ. */
export function identity(n: number): Matrix {
  const made = matrix(n, n);
  for (let i = 0; i < n; i++) made.data[i * n + i] = 1;
  return made;
}

/** Aᵀ, a new matrix. Works in tiles, so that both sides stay in cache. */
export function transpose({ rows, columns, data }: Matrix): Matrix {
  const made = new Float64Array(rows * columns);
  const tile = 16;
  for (let i0 = 0; i0 < rows; i0 += tile) {
    const i1 = Math.min(i0 + tile, rows);
    for (let j0 = 0; j0 < columns; j0 += tile) {
      const j1 = Math.min(j0 + tile, columns);
      for (let i = i0; i < i1; i++) {
        for (let j = j0; j < j1; j++) made[j * rows + i] = data[i * columns + j];
      }
    }
  }
  return { rows: columns, columns: rows, data: made };
}

/**
 * Whether A is square and |aᵢⱼ − aⱼᵢ| ≤ tolerance · max|a| everywhere. A matrix with an entry that is
 * not finite is not.
 *
 * @param tolerance relative to the largest entry; 1e-12 if not given.
 */
export function isSymmetric({ rows, columns, data }: Matrix, tolerance = 1e-12): boolean {
  if (rows !== columns) return false;
  let largest = 0;
  for (const value of data) {
    if (!Number.isFinite(value)) return false;
    largest = Math.max(largest, Math.abs(value));
  }
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      if (Math.abs(data[i * rows + j] - data[j * rows + i]) > tolerance * largest) return false;
    }
  }
  return true;
}

/** Throws where a matrix is not n × n. */
export function requireSquare({ rows, columns }: Matrix): number {
  if (rows !== columns) {
    throw new RangeError(`A matrix of ${rows} × ${columns} is not square.`);
  }
  return rows;
}
