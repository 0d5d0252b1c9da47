import { fastProduct, type Operand } from './fast-product.ts';
import { type Matrix, matrix, transpose } from './matrix.ts';
import { plainProduct } from './plain-product.ts';

/**
 * A·B. Cost 2·m·k·n. Large products by WebAssembly, with the same bits.
 *
 * @param a shape [m × k].
 * @param b shape [k × n].
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw mismatch(a, b, '·');
  return product(
    { data: a.data, count: a.rows, layout: 'rows' },
    { data: b.data, count: b.columns, layout: 'columns' },
    a.columns,
  );
}

/**
 * A·Bᵀ. Cost 2·m·k·n. Each entry is summed in ascending order of k.
 *
 * @param a shape [m × k].
 * @param b shape [n × k].
 */
export function multiplyTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.columns) throw mismatch(a, b, '·ᵀ');
  return product(
    { data: a.data, count: a.rows, layout: 'rows' },
    { data: b.data, count: b.rows, layout: 'rows' },
    a.columns,
  );
}

/**
 * Aᵀ·B without forming Aᵀ. Cost 2·m·k·n.
 *
 * @param a shape [k × m].
 * @param b shape [k × n].
 */
export function transposedMultiply(a: Matrix, b: Matrix): Matrix {
  if (a.rows !== b.rows) throw mismatch(a, b, 'ᵀ·');
  return product(
    { data: a.data, count: a.columns, layout: 'columns' },
    { data: b.data, count: b.columns, layout: 'columns' },
    a.rows,
  );
}

/**
 * AᵀA, symmetric to the bit. Cost m·n².
 *
 * @param a shape [m × n].
 */
export const gram = (a: Matrix): Matrix =>
  square({ data: a.data, count: a.columns, layout: 'columns' }, a.rows);

/**
 * A·Aᵀ, symmetric to the bit. Cost m²·k.
 *
 * @param a shape [m × k].
 */
export const gramOfRows = (a: Matrix): Matrix =>
  square({ data: a.data, count: a.rows, layout: 'rows' }, a.columns);

/**
 * Whether copying into WebAssembly's memory pays: measured, from products of about 20 × 20 × 20 on,
 * unless one side is narrower than a tile.
 */
const pays = (m: number, n: number, k: number): boolean => Math.min(m, n) >= 4 && m * n * k >= 8192;

function product(a: Operand, b: Operand, k: number): Matrix {
  const [m, n] = [a.count, b.count];
  const made = matrix(m, n);
  if (!(pays(m, n, k) && fastProduct(a, b, made.data, { k }))) {
    plainProduct(alongRows(a, k), alongRows(b, k), made.data, { m, n, k });
  }
  return made;
}

function square(a: Operand, k: number): Matrix {
  const n = a.count;
  const made = matrix(n, n);
  if (!(pays(n, n, k) && fastProduct(a, a, made.data, { k, lower: true }))) {
    const data = alongRows(a, k);
    plainProduct(data, data, made.data, { m: n, n, k, lower: true });
  }
  mirrorLower(made);
  return made;
}

const alongRows = ({ data, count, layout }: Operand, k: number): Float64Array =>
  layout === 'rows' ? data : transpose({ rows: k, columns: count, data }).data;

/** Copies the lower triangle onto the upper. */
export function mirrorLower({ rows, data }: Matrix): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) data[j * rows + i] = data[i * rows + j];
  }
}

const mismatch = (a: Matrix, b: Matrix, sign: string): RangeError =>
  new RangeError(`No product of ${a.rows} × ${a.columns} ${sign} ${b.rows} × ${b.columns}.`);
