/**
 * C = A·Bᵀ in plain JavaScript: one long loop nest over tiles of 2 × 4 entries, each entry the sum
 * of its products in ascending order of k. The WebAssembly kernel sums in the same order and gives
 * the same bits.
 *
 * @param a shape [m × k], b shape [n × k], c shape [m × n]; c is overwritten.
 * @param lower only entries (i, j) with j ≤ i of the tiles that touch the lower triangle.
 */
export function plainProduct(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  { m, n, k, lower = false }: ProductShape,
): void {
  const fullRows = m - (m % 2);
  for (let i = 0; i < fullRows; i += 2) {
    const until = lower ? Math.min(n, i + 2) : n;
    const fullColumns = until - (until % 4);
    const a0 = i * k;
    const a1 = a0 + k;
    for (let j = 0; j < fullColumns; j += 4) {
      const b0 = j * k;
      const b1 = b0 + k;
      const b2 = b1 + k;
      const b3 = b2 + k;
      let c00 = 0;
      let c01 = 0;
      let c02 = 0;
      let c03 = 0;
      let c10 = 0;
      let c11 = 0;
      let c12 = 0;
      let c13 = 0;
      for (let p = 0; p < k; p++) {
        const x0 = a[a0 + p];
        const x1 = a[a1 + p];
        const y0 = b[b0 + p];
        const y1 = b[b1 + p];
        c00 += x0 * y0;
        c10 += x1 * y0;
        c01 += x0 * y1;
        c11 += x1 * y1;
        const y2 = b[b2 + p];
        const y3 = b[b3 + p];
        c02 += x0 * y2;
        c12 += x1 * y2;
        c03 += x0 * y3;
        c13 += x1 * y3;
      }
      const at = i * n + j;
      c[at] = c00;
      c[at + 1] = c01;
      c[at + 2] = c02;
      c[at + 3] = c03;
      c[at + n] = c10;
      c[at + n + 1] = c11;
      c[at + n + 2] = c12;
      c[at + n + 3] = c13;
    }
    for (let j = fullColumns; j < until; j++) {
      c[i * n + j] = sumOfProducts(a, a0, b, j * k, k);
      c[(i + 1) * n + j] = sumOfProducts(a, a1, b, j * k, k);
    }
  }
  if (fullRows < m) {
    for (let j = 0; j < (lower ? Math.min(n, m) : n); j++) {
      c[fullRows * n + j] = sumOfProducts(a, fullRows * k, b, j * k, k);
    }
  }
}

/** The sizes of C = A·Bᵀ. */
export interface ProductShape {
  /** Rows of A and C. */
  readonly m: number;
  /** Rows of B, columns of C. */
  readonly n: number;
  /** Columns of A and B. */
  readonly k: number;
  readonly lower?: boolean;
}

function sumOfProducts(
  a: Float64Array,
  from: number,
  b: Float64Array,
  other: number,
  k: number,
): number {
  let sum = 0;
  for (let p = 0; p < k; p++) sum += a[from + p] * b[other + p];
  return sum;
}
