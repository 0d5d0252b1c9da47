// WebAssembly kernels of linear algebra, in AssemblyScript. `node tools/build-kernels.ts` compiles this
// to `kernels.gen.ts`. Raw pointers into one memory that the caller lays out; nothing is allocated here.
//
// A packed operand holds panels of 4 vectors side by side: entry p of vector 4·q + r stands at
// ((q · depth) + p) · 4 + r. Every entry of a result is summed in ascending order of p, without fused
// multiply-add, so that plain loops give the same bits.

/** Packs vectors that lie along memory: entry p of vector i at source + i · stride + p · 8. */
export function packRows(source: usize, stride: usize, panels: i32, depth: i32, packed: usize): void {
  for (let q = 0; q < panels; q++) {
    let r0 = source + <usize>q * 4 * stride;
    let r1 = r0 + stride;
    let r2 = r1 + stride;
    let r3 = r2 + stride;
    for (let p = 0; p < depth; p++) {
      f64.store(packed, f64.load(r0));
      f64.store(packed, f64.load(r1), 8);
      f64.store(packed, f64.load(r2), 16);
      f64.store(packed, f64.load(r3), 24);
      r0 += 8;
      r1 += 8;
      r2 += 8;
      r3 += 8;
      packed += 32;
    }
  }
}

/** Packs vectors that lie across memory: entry p of vector i at source + p · stride + i · 8. */
export function packColumns(source: usize, stride: usize, panels: i32, depth: i32, packed: usize): void {
  for (let p = 0; p < depth; p++) {
    let from = source + <usize>p * stride;
    let to = packed + <usize>p * 32;
    for (let q = 0; q < panels; q++) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += 32;
      to += <usize>depth * 32;
    }
  }
}

/** C (4 × 4) = or += the products of two panels. */
function addTile(a: usize, b: usize, c: usize, stride: usize, depth: i32, isFresh: bool): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const r1 = c + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  if (!isFresh) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(r1);
    c11 = v128.load(r1, 16);
    c20 = v128.load(r2);
    c21 = v128.load(r2, 16);
    c30 = v128.load(r3);
    c31 = v128.load(r3, 16);
  }
  const end = b + <usize>depth * 32;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x0, b0));
    c01 = f64x2.add(c01, f64x2.mul(x0, b1));
    const x1 = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x1, b0));
    c11 = f64x2.add(c11, f64x2.mul(x1, b1));
    const x2 = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x2, b0));
    c21 = f64x2.add(c21, f64x2.mul(x2, b1));
    const x3 = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x3, b0));
    c31 = f64x2.add(c31, f64x2.mul(x3, b1));
    a += 32;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

/** C (4 × 4) −= the products of two panels. */
function takeTile(a: usize, b: usize, c: usize, stride: usize, depth: i32): void {
  const r1 = c + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  let c00 = v128.load(c);
  let c01 = v128.load(c, 16);
  let c10 = v128.load(r1);
  let c11 = v128.load(r1, 16);
  let c20 = v128.load(r2);
  let c21 = v128.load(r2, 16);
  let c30 = v128.load(r3);
  let c31 = v128.load(r3, 16);
  const end = b + <usize>depth * 32;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load64_splat(a);
    c00 = f64x2.sub(c00, f64x2.mul(x0, b0));
    c01 = f64x2.sub(c01, f64x2.mul(x0, b1));
    const x1 = v128.load64_splat(a, 8);
    c10 = f64x2.sub(c10, f64x2.mul(x1, b0));
    c11 = f64x2.sub(c11, f64x2.mul(x1, b1));
    const x2 = v128.load64_splat(a, 16);
    c20 = f64x2.sub(c20, f64x2.mul(x2, b0));
    c21 = f64x2.sub(c21, f64x2.mul(x2, b1));
    const x3 = v128.load64_splat(a, 24);
    c30 = f64x2.sub(c30, f64x2.mul(x3, b0));
    c31 = f64x2.sub(c31, f64x2.mul(x3, b1));
    a += 32;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

/**
 * C = or += A·Bᵀ of packed operands. `lead` is the place of C's first row less that of its first
 * column where only the lower triangle counts, or a large number where all of it does.
 */
export function multiplyPacked(
  a: usize,
  rowPanels: i32,
  b: usize,
  columnPanels: i32,
  depth: i32,
  c: usize,
  stride: usize,
  isFresh: bool,
  lead: i32,
): void {
  const panel = <usize>depth * 32;
  for (let i = 0; i < rowPanels; i++) {
    const until = min(columnPanels, (lead + i * 4 + 3) / 4 + 1);
    const row = c + <usize>i * 4 * stride;
    for (let j = 0; j < until; j++) {
      addTile(a, b + <usize>j * panel, row + <usize>j * 32, stride, depth, isFresh);
    }
    a += panel;
  }
}

/**
 * The lower Cholesky factor over the lower triangle of A, in place: right-looking in blocks of `block`
 * columns. `n` is a multiple of 4, rows `n · 8` apart. A pivot must exceed `least` times the diagonal
 * entry that A had. Returns 1, or 0 where a pivot did not.
 *
 * @param packed room for n · block numbers; then for the n diagonal entries.
 */
export function factor(a: usize, n: i32, block: i32, least: f64, packed: usize): i32 {
  const stride = <usize>n * 8;
  const diagonal = packed + <usize>n * <usize>block * 8;
  for (let i = 0; i < n; i++) {
    f64.store(diagonal + <usize>i * 8, f64.load(a + <usize>i * (stride + 8)));
  }
  for (let from = 0; from < n; from += block) {
    const width = min(block, n - from);
    const corner = a + <usize>from * (stride + 8);
    if (!factorCorner(corner, stride, width, least, diagonal + <usize>from * 8)) return 0;
    const below = (n - from - width) / 4;
    const rows = corner + <usize>width * stride;
    packRows(rows, stride, below, width, packed);
    solvePanels(packed, below, corner, stride, width);
    unpackRows(packed, rows, stride, below, width);
    const panel = <usize>width * 32;
    for (let i = 0; i < below; i++) {
      const row = rows + <usize>i * 4 * stride + <usize>width * 8;
      for (let j = 0; j <= i; j++) {
        takeTile(packed + <usize>i * panel, packed + <usize>j * panel, row + <usize>j * 32, stride, width);
      }
    }
  }
  return 1;
}

/** The factor of a small block, entry by entry. */
function factorCorner(a: usize, stride: usize, n: i32, least: f64, diagonal: usize): bool {
  for (let i = 0; i < n; i++) {
    const row = a + <usize>i * stride;
    for (let j = 0; j < i; j++) {
      const other = a + <usize>j * stride;
      let sum = f64.load(row + <usize>j * 8);
      for (let k = 0; k < j; k++) {
        sum -= f64.load(row + <usize>k * 8) * f64.load(other + <usize>k * 8);
      }
      f64.store(row + <usize>j * 8, sum / f64.load(other + <usize>j * 8));
    }
    let pivot = f64.load(row + <usize>i * 8);
    for (let k = 0; k < i; k++) {
      const entry = f64.load(row + <usize>k * 8);
      pivot -= entry * entry;
    }
    if (!(pivot > least * f64.load(diagonal + <usize>i * 8))) return false;
    f64.store(row + <usize>i * 8, sqrt(pivot));
  }
  return true;
}

/** Solves each packed row x of X·Lᵀ = B in place, 4 rows at a time; L is a small block. */
function solvePanels(packed: usize, panels: i32, l: usize, stride: usize, width: i32): void {
  for (let q = 0; q < panels; q++) {
    for (let j = 0; j < width; j++) {
      const row = l + <usize>j * stride;
      const at = packed + <usize>j * 32;
      let x0 = v128.load(at);
      let x1 = v128.load(at, 16);
      for (let k = 0; k < j; k++) {
        const factor = v128.load64_splat(row + <usize>k * 8);
        const from = packed + <usize>k * 32;
        x0 = f64x2.sub(x0, f64x2.mul(v128.load(from), factor));
        x1 = f64x2.sub(x1, f64x2.mul(v128.load(from, 16), factor));
      }
      const by = v128.load64_splat(row + <usize>j * 8);
      v128.store(at, f64x2.div(x0, by));
      v128.store(at, f64x2.div(x1, by), 16);
    }
    packed += <usize>width * 32;
  }
}

function unpackRows(packed: usize, target: usize, stride: usize, panels: i32, depth: i32): void {
  for (let q = 0; q < panels; q++) {
    let r0 = target + <usize>q * 4 * stride;
    let r1 = r0 + stride;
    let r2 = r1 + stride;
    let r3 = r2 + stride;
    for (let p = 0; p < depth; p++) {
      f64.store(r0, f64.load(packed));
      f64.store(r1, f64.load(packed, 8));
      f64.store(r2, f64.load(packed, 16));
      f64.store(r3, f64.load(packed, 24));
      r0 += 8;
      r1 += 8;
      r2 += 8;
      r3 += 8;
      packed += 32;
    }
  }
}

/**
 * X with L X = B over B, by forward substitution in tiles of 4 rows and 4 columns. L is n × n lower
 * with rows n · 8 apart, B n × m with rows m · 8 apart; n and m are multiples of 4. Where B's upper
 * triangle is zero (`isLower`), columns are begun at their diagonal.
 *
 * @param packed room for n · 4 numbers: the rows of L at work.
 */
export function solveForward(l: usize, n: i32, b: usize, m: i32, isLower: bool, packed: usize): void {
  const stride = <usize>n * 8;
  const width = <usize>m * 8;
  for (let i = 0; i < n; i += 4) {
    const rows = l + <usize>i * stride;
    packRows(rows, stride, 1, i, packed);
    const until = isLower ? min(m, i + 4) : m;
    for (let j = 0; j < until; j += 4) {
      const first = isLower ? j : 0;
      const column = b + <usize>j * 8;
      const tile = column + <usize>i * width;
      takeRows(packed + <usize>first * 32, column + <usize>first * width, width, i - first, tile);
      solveTile(rows + <usize>i * 8, stride, tile, width);
    }
  }
}

/** Tile (4 × 4) −= packed rows of L times the rows of X above. */
function takeRows(l: usize, x: usize, stride: usize, depth: i32, tile: usize): void {
  const r1 = tile + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  let c00 = v128.load(tile);
  let c01 = v128.load(tile, 16);
  let c10 = v128.load(r1);
  let c11 = v128.load(r1, 16);
  let c20 = v128.load(r2);
  let c21 = v128.load(r2, 16);
  let c30 = v128.load(r3);
  let c31 = v128.load(r3, 16);
  for (let k = 0; k < depth; k++) {
    const b0 = v128.load(x);
    const b1 = v128.load(x, 16);
    const x0 = v128.load64_splat(l);
    c00 = f64x2.sub(c00, f64x2.mul(x0, b0));
    c01 = f64x2.sub(c01, f64x2.mul(x0, b1));
    const x1 = v128.load64_splat(l, 8);
    c10 = f64x2.sub(c10, f64x2.mul(x1, b0));
    c11 = f64x2.sub(c11, f64x2.mul(x1, b1));
    const x2 = v128.load64_splat(l, 16);
    c20 = f64x2.sub(c20, f64x2.mul(x2, b0));
    c21 = f64x2.sub(c21, f64x2.mul(x2, b1));
    const x3 = v128.load64_splat(l, 24);
    c30 = f64x2.sub(c30, f64x2.mul(x3, b0));
    c31 = f64x2.sub(c31, f64x2.mul(x3, b1));
    l += 32;
    x += stride;
  }
  v128.store(tile, c00);
  v128.store(tile, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

/** Forward substitution of a tile by its own 4 × 4 triangle of L. */
function solveTile(l: usize, stride: usize, tile: usize, width: usize): void {
  for (let i = 0; i < 4; i++) {
    const row = l + <usize>i * stride;
    const at = tile + <usize>i * width;
    let x0 = v128.load(at);
    let x1 = v128.load(at, 16);
    for (let k = 0; k < i; k++) {
      const factor = v128.load64_splat(row + <usize>k * 8);
      const from = tile + <usize>k * width;
      x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
      x1 = f64x2.sub(x1, f64x2.mul(factor, v128.load(from, 16)));
    }
    const by = v128.load64_splat(row + <usize>i * 8);
    v128.store(at, f64x2.div(x0, by));
    v128.store(at, f64x2.div(x1, by), 16);
  }
}
