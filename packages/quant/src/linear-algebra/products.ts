import { type Matrix, matrix, transpose } from './matrix.ts';
import { plainProduct } from './plain-product.ts';

/**
 * A·B. Cost 2·m·k·n.
 *
 * @param a shape [m × k].
 * @param b shape [k × n].
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw mismatch(a, b, '·');
  return multiplyTransposed(a, transpose(b));
}

/**
 * A·Bᵀ. Cost 2·m·k·n. Each entry is summed in ascending order of k.
 *
 * @param a shape [m × k].
 * @param b shape [n × k].
 */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.columns) throw mismatch(a, b, '·ᵀ');
  const product = matrix(a.rows, b.rows);
  plainProduct(a.data, b.data, product.data, { m: a.rows, n: b.rows, k: a.columns });
  return product;
}

/**
 * AᵀA, symmetric to the bit. Cost m·n².
 *
 * @param a shape [m × n].
 */
export function gram(a: Matrix): Matrix {
  return gramOfRows(transpose(a));
}

/**
 * A·Aᵀ, symmetric to the bit. Cost m²·k.
 *
 * @param a shape [m × k].
 */
export function gramOfRows(a: Matrix): Matrix {
  const { rows, columns, data } = a;
  const product = matrix(rows, rows);
  plainProduct(data, data, product.data, { m: rows, n: rows, k: columns, lower: true });
  mirrorLower(product);
  return product;
}

/** Copies the lower triangle onto the upper. */
export function mirrorLower({ rows, data }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) data[j * rows + i] = data[i * rows + j];
  }
}

const mismatch = (a: Matrix, b: Matrix, sign: string): RangeError =>
  new RangeError(`No product of ${a.rows} × ${a.columns} ${sign} ${b.rows} × ${b.columns}.`);
