import { type Kernels, kernelInstance } from './kernel-instance.ts';
import { scratch } from './web-assembly.ts';

/** One side of a product A·Bᵀ: `count` vectors of k entries. */
export interface Operand {
  readonly data: Float64Array;
  readonly count: number;
  /** `rows`: shape [count × k]; `columns`: shape [k × count]. */
  readonly layout: 'rows' | 'columns';
}

/** Entries of a block in each direction: one of B stays in the second-level cache. */
const most = { rows: 1024, columns: 512, depth: 192 };

/**
 * C = A·Bᵀ by the WebAssembly kernel, with the same bits as `plainProduct`; false, with nothing done,
 * where there is none. Needs some 7 MB of scratch at most. One long loop nest over blocks.
 *
 * @param c shape [a.count × b.count], overwritten; where `lower`, only tiles that touch the lower
 * triangle.
 */
export function fastProduct(
  a: Operand,
  b: Operand,
  c: Float64Array,
  { k, lower = false }: { readonly k: number; readonly lower?: boolean },
): boolean {
  const kernels = kernelInstance();
  if (!kernels) return false;
  const places = layOut(a.count, b.count, k);
  const memory = scratch(kernels, places.end);
  for (let i = 0; i < a.count; i += most.rows) {
    const rows = Math.min(most.rows, a.count - i);
    for (let j = 0; j < b.count; j += most.columns) {
      if (lower && j >= i + rows) break;
      const columns = Math.min(most.columns, b.count - j);
      const stride = padded(columns) * 8;
      for (let p = 0; p < k; p += most.depth) {
        const depth = Math.min(most.depth, k - p);
        pack(kernels, memory, places, { operand: a, from: i, count: rows, p, depth, k }, 'a');
        pack(kernels, memory, places, { operand: b, from: j, count: columns, p, depth, k }, 'b');
        kernels.multiplyPacked(
          places.a,
          padded(rows) / 4,
          places.b,
          padded(columns) / 4,
          depth,
          places.c,
          stride,
          p === 0,
          lower ? i - j : 2 ** 30,
        );
      }
      for (let row = 0; row < rows; row++) {
        const from = places.c / 8 + (row * stride) / 8;
        const until = lower ? Math.min(columns, Math.max(0, i + row + 1 - j)) : columns;
        c.set(memory.subarray(from, from + until), (i + row) * b.count + j);
      }
    }
  }
  return true;
}

const padded = (count: number): number => Math.ceil(count / 4) * 4;

interface Places {
  readonly staging: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly end: number;
}

/** Where the staged, the packed and the result blocks are in memory, in bytes. */
function layOut(m: number, n: number, k: number): Places {
  const rows = padded(Math.min(m, most.rows));
  const columns = padded(Math.min(n, most.columns));
  const depth = Math.min(k, most.depth);
  // Packing reads up to 3 entries beyond the last vector; what it reads there is not used.
  const staging = 64;
  const a = staging + (Math.max(rows, columns) * depth + 8) * 8;
  const b = a + rows * depth * 8;
  const c = b + columns * depth * 8;
  return { staging, a, b, c, end: c + rows * columns * 8 };
}

interface Block {
  readonly operand: Operand;
  readonly from: number;
  readonly count: number;
  readonly p: number;
  readonly depth: number;
  readonly k: number;
}

/** Copies a block of an operand into memory and packs it there. */
function pack(
  kernels: Kernels,
  memory: Float64Array,
  places: Places,
  { operand, from, count, p, depth, k }: Block,
  side: 'a' | 'b',
): void {
  const { data, layout, count: all } = operand;
  const [vectors, length] = layout === 'rows' ? [count, depth] : [depth, count];
  const [first, start, width] = layout === 'rows' ? [from, p, k] : [p, from, all];
  const staged = places.staging / 8;
  if (length === width) {
    memory.set(data.subarray(first * width, (first + vectors) * width), staged);
  } else {
    for (let v = 0; v < vectors; v++) {
      const at = (first + v) * width + start;
      memory.set(data.subarray(at, at + length), staged + v * length);
    }
  }
  const packer = layout === 'rows' ? kernels.packRows : kernels.packColumns;
  packer(places.staging, length * 8, padded(count) / 4, depth, places[side]);
}
