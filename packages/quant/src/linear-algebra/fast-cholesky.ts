import { kernelInstance } from './kernel-instance.ts';
import { scratch } from './web-assembly.ts';

const block = 64;
const base = 64;
/** Entries of matrices that are copied at most: 1 GB. Beyond that, plain loops. */
const mostEntries = 2 ** 27;
const padded = (n: number): number => Math.ceil(n / 4) * 4;

/**
 * The Cholesky factor by the WebAssembly kernel, with the same bits as `plainCholesky`: whether A is
 * positive definite, or undefined where there is no such kernel or A is too large for it.
 *
 * @param a shape [n × n], of which the lower triangle is read.
 * @param l shape [n × n], zeros; its lower triangle is written.
 */
export function fastCholesky(a: Float64Array, l: Float64Array, n: number): boolean | undefined {
  const kernels = kernelInstance();
  const size = padded(n);
  if (!kernels || size * size > mostEntries) return undefined;
  const packed = base + size * size * 8;
  const memory = scratch(kernels, packed + (size * block + size) * 8);
  const at = base / 8;
  for (let i = 0; i < n; i++) memory.set(a.subarray(i * n, i * n + i + 1), at + i * size);
  // Rows that fill up to a multiple of 4 are those of an identity, and change nothing above them.
  for (let i = n; i < size; i++) {
    memory.fill(0, at + i * size, at + (i + 1) * size);
    memory[at + i * size + i] = 1;
  }
  if (kernels.factor(base, size, block, n * Number.EPSILON, packed) === 0) return false;
  for (let i = 0; i < n; i++) {
    l.set(memory.subarray(at + i * size, at + i * size + i + 1), i * n);
  }
  return true;
}

/**
 * X with L X = B by the WebAssembly kernel, with the same bits as plain forward substitution; false,
 * with nothing done, where there is none or they are too large for it.
 *
 * @param l shape [n × n], lower triangle.
 * @param x shape [n × m], B before and X after.
 * @param isLower whether B's upper triangle is zero, so that X's is too.
 */
export function fastForward(
  l: Float64Array,
  x: Float64Array,
  { n, m, isLower = false }: { readonly n: number; readonly m: number; readonly isLower?: boolean },
): boolean {
  const kernels = kernelInstance();
  const [rows, columns] = [padded(n), padded(m)];
  if (!kernels || rows * (rows + columns) > mostEntries) return false;
  const right = base + rows * rows * 8;
  const packed = right + rows * columns * 8;
  const memory = scratch(kernels, packed + rows * 4 * 8);
  const [at, to] = [base / 8, right / 8];
  for (let i = 0; i < rows; i++) {
    if (i < n) {
      memory.set(l.subarray(i * n, i * n + i + 1), at + i * rows);
      // What fills the last tile is solved along, and must not stop being finite.
      memory.fill(0, at + i * rows + i + 1, at + i * rows + Math.min(rows, i + 4));
      memory.set(x.subarray(i * m, (i + 1) * m), to + i * columns);
      memory.fill(0, to + i * columns + m, to + (i + 1) * columns);
    } else {
      memory.fill(0, at + i * rows, at + (i + 1) * rows);
      memory[at + i * rows + i] = 1;
      memory.fill(0, to + i * columns, to + (i + 1) * columns);
    }
  }
  kernels.solveForward(base, rows, right, columns, isLower, packed);
  for (let i = 0; i < n; i++) {
    const from = to + i * columns;
    x.set(memory.subarray(from, from + m), i * m);
  }
  return true;
}
