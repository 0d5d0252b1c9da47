import type { Matrix } from './matrix.ts';

/** xᵀy = Σ xᵢ yᵢ over the length of x, summed in order. */
export function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

/** ‖x‖₂, scaled so that neither large nor tiny entries overflow or vanish. */
export function norm(x: Float64Array): number {
  let largest = 0;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let sum = 0;
  for (const value of x) sum += (value / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * A x. Cost 2·m·n.
 *
 * @param a shape [m × n].
 * @param x shape [n].
 * @param out shape [m]; a new array if not given.
 */
export function timesVector(
  { rows, columns, data }: Matrix,
  x: Float64Array,
  out: Float64Array = new Float64Array(rows),
): Float64Array {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    const row = i * columns;
    for (let j = 0; j < columns; j++) sum += data[row + j] * x[j];
    out[i] = sum;
  }
  return out;
}

/**
 * Aᵀ x without forming Aᵀ. Cost 2·m·n.
 *
 * @param a shape [m × n].
 * @param x shape [m].
 * @param out shape [n]; a new array if not given. What it holds is overwritten.
 */
export function transposedTimesVector(
  { rows, columns, data }: Matrix,
  x: Float64Array,
  out: Float64Array = new Float64Array(columns),
): Float64Array {
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    const xi = x[i];
    const row = i * columns;
    for (let j = 0; j < columns; j++) out[j] += data[row + j] * xi;
  }
  return out;
}

/** xᵀ A x for a square A, such as the variance of a weighted sum. Cost 2·n². */
export function quadraticForm({ rows, columns, data }: Matrix, x: Float64Array): number {
  let total = 0;
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    const row = i * columns;
    for (let j = 0; j < columns; j++) sum += data[row + j] * x[j];
    total += x[i] * sum;
  }
  return total;
}
