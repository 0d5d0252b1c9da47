import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainCholesky } from './cholesky.ts';
import { fastWork, plainWork } from './eigen-steps.ts';
import { fastCholesky, fastForward } from './fast-cholesky.ts';
import { fastProduct } from './fast-product.ts';
import { transpose } from './matrix.ts';
import { plainProduct } from './plain-product.ts';
import { decompose } from './symmetric-eigen.ts';

/** Numbers in (−1, 1) that look random, the same each time. */
function numbers(count: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return (2 * state) / 2147483647 - 1;
  });
}

/** Small, and just before, at and beyond each block of the kernels. */
const shapes = fc.record({
  m: fc.constantFrom(1, 2, 3, 4, 5, 17, 63, 70, 1027),
  n: fc.constantFrom(1, 2, 4, 7, 33, 66, 515),
  k: fc.constantFrom(1, 2, 5, 31, 192, 193, 400),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

describe('the WebAssembly kernels', () => {
  it('multiply to the same bits as plain loops, whatever the shape and layout', () => {
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.boolean(), ({ m, n, k, seed }, across, other) => {
        const a = numbers(m * k, seed);
        const b = numbers(n * k, seed + 1);
        const plain = new Float64Array(m * n);
        plainProduct(a, b, plain, { m, n, k });
        const fast = new Float64Array(m * n);
        const turned = (data: Float64Array, rows: number) =>
          transpose({ rows, columns: k, data }).data;
        const done = fastProduct(
          across
            ? { data: turned(a, m), count: m, layout: 'columns' }
            : { data: a, count: m, layout: 'rows' },
          other
            ? { data: turned(b, n), count: n, layout: 'columns' }
            : { data: b, count: n, layout: 'rows' },
          fast,
          { k },
        );
        expect(done).toBe(true);
        expect(Buffer.from(fast.buffer).equals(Buffer.from(plain.buffer))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('make the lower triangle of A·Aᵀ to the same bits', () => {
    fc.assert(
      fc.property(shapes, ({ m, k, seed }) => {
        const a = numbers(m * k, seed);
        const plain = new Float64Array(m * m);
        plainProduct(a, a, plain, { m, n: m, k });
        const fast = new Float64Array(m * m);
        const side = { data: a, count: m, layout: 'rows' } as const;
        fastProduct(side, side, fast, { k, lower: true });
        for (let i = 0; i < m; i++) {
          const row = fast.subarray(i * m, i * m + i + 1);
          const wanted = plain.subarray(i * m, i * m + i + 1);
          if (!row.every((value, j) => Object.is(value, wanted[j]))) {
            throw new Error(`row ${i} differs`);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  const definite = fc.record({
    n: fc.constantFrom(1, 2, 3, 4, 5, 8, 31, 63, 64, 65, 127, 128, 131, 200),
    m: fc.constantFrom(1, 3, 4, 9),
    seed: fc.integer({ min: 1, max: 1e9 }),
  });

  it('factor to the same bits, and agree on what is not positive definite', () => {
    fc.assert(
      fc.property(definite, fc.integer({ min: -4, max: 4 }), ({ n, seed }, extra) => {
        const depth = Math.max(1, n + extra);
        const root = numbers(n * depth, seed);
        const a = new Float64Array(n * n);
        plainProduct(root, root, a, { m: n, n, k: depth });
        const plain = new Float64Array(n * n);
        const fast = new Float64Array(n * n);
        const verdict = plainCholesky(a, plain, n);
        expect(fastCholesky(a, fast, n)).toBe(verdict);
        if (verdict) {
          expect(Buffer.from(fast.buffer).equals(Buffer.from(plain.buffer))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('substitute forward to the same bits', () => {
    fc.assert(
      fc.property(definite, fc.boolean(), ({ n, m, seed }, isLower) => {
        const columns = isLower ? n : m;
        const l = numbers(n * n, seed);
        for (let i = 0; i < n; i++) {
          l[i * n + i] = 2 + Math.abs(l[i * n + i]) + n / 8;
          l.fill(0, i * n + i + 1, (i + 1) * n);
        }
        const b = numbers(n * columns, seed + 7);
        if (isLower) for (let i = 0; i < n; i++) b.fill(0, i * n + i + 1, (i + 1) * n);
        const plain = Float64Array.from(b);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < columns; j++) {
            let sum = plain[i * columns + j];
            for (let k = isLower ? j - (j % 4) : 0; k < i; k++) {
              sum -= l[i * n + k] * plain[k * columns + j];
            }
            plain[i * columns + j] = sum / l[i * n + i];
          }
        }
        const fast = Float64Array.from(b);
        expect(fastForward(l, fast, { n, m: columns, isLower })).toBe(true);
        expect(fast).toEqual(plain);
      }),
      { numRuns: 40 },
    );
  });

  it('find the same bits of eigenvalues and vectors', () => {
    const sizes = fc.constantFrom(1, 2, 3, 5, 8, 15, 16, 17, 31, 64, 65, 100, 150);
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 1e9 }), fc.boolean(), (n, seed, isSparse) => {
        const root = numbers(n * n, seed).map((x) => (isSparse && Math.abs(x) < 0.8 ? 0 : x));
        const a = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) a[i * n + j] = root[i * n + j] + root[j * n + i];
        }
        const work = fastWork(n);
        if (!work) throw new Error('no WebAssembly');
        const given = { rows: n, columns: n, data: a };
        const fast = decompose(given, work);
        const plain = decompose(given, plainWork(n));
        expect(fast.values).toEqual(plain.values);
        expect(fast.vectors.data).toEqual(plain.vectors.data);
      }),
      { numRuns: 40 },
    );
  });

  it('are not confused by what another call left in memory', () => {
    const a = numbers(50 * 50, 5);
    const first = new Float64Array(2500);
    const side = { data: a, count: 50, layout: 'rows' } as const;
    fastProduct(side, side, first, { k: 50 });
    fastCholesky(new Float64Array(300 * 300).fill(Number.NaN), new Float64Array(9e4), 300);
    const second = new Float64Array(2500);
    fastProduct(side, side, second, { k: 50 });
    expect(second).toEqual(first);
  });
});
