// WebAssembly kernels that find the lowest of many products, in AssemblyScript.
// `node tools/build-kernels.ts` compiles this to `lowest-products.gen.ts`. Raw pointers into one memory
// that the caller lays out; nothing is allocated here.
//
// Products are first had in 16-bit integers, with a bound on the error; only those that may be among the
// lowest are then summed in double precision.

/**
 * Rounds `rows` vectors of n doubles (`stride` bytes apart) to 16-bit integers, packed in panels of 4
 * with entries in pairs: (panel, pair, row, 2). For each row, half the sum of its integers' sizes
 * is written at `halves` (float). Σ|v| stays within `budget` and what rounding adds, each |v| within
 * 32,767. n is even; there is room for rows up to a multiple of 4.
 */
export function quantise(source: usize, stride: usize, rows: i32, n: i32, budget: f64, packed: usize, halves: usize): void {
  for (let i = 0; i < rows; i++) {
    const row = source + <usize>i * stride;
    let sum: f64 = 0;
    let most: f64 = 0;
    for (let j = 0; j < n; j++) {
      const size = abs(f64.load(row + <usize>j * 8));
      sum += size;
      most = max(most, size);
    }
    // Next to nothing rounds to 0, and its unit keeps an inverse.
    const inverse = 1.0 / max(max(sum / budget, most / 32767.0), 1e-300);
    let to = packed + (<usize>(i >> 2) * <usize>(n >> 1) * 4 + <usize>(i & 3)) * 4;
    let total: i32 = 0;
    for (let j = 0; j < n; j += 2) {
      const pair = f64x2.nearest(f64x2.mul(v128.load(row + <usize>j * 8), f64x2.splat(inverse)));
      const whole = i32x4.trunc_sat_f64x2_s_zero(pair);
      const x = i32x4.extract_lane(whole, 0);
      const y = i32x4.extract_lane(whole, 1);
      total += abs(x) + abs(y);
      i32.store(to, (x & 0xffff) | (y << 16));
      to += 16;
    }
    f32.store(halves + <usize>i * 4, <f32>total * 0.5);
  }
}

/** C (4 × 8, 32-bit) = products of a panel of 4 and one of 8 vectors of 16-bit pairs. */
function tile(a: usize, b: usize, c: usize, stride: usize, pairs: i32): void {
  let c00 = i32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = b + <usize>pairs * 32;
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load32_splat(a);
    c00 = i32x4.add(c00, i32x4.dot_i16x8_s(x0, b0));
    c01 = i32x4.add(c01, i32x4.dot_i16x8_s(x0, b1));
    const x1 = v128.load32_splat(a, 4);
    c10 = i32x4.add(c10, i32x4.dot_i16x8_s(x1, b0));
    c11 = i32x4.add(c11, i32x4.dot_i16x8_s(x1, b1));
    const x2 = v128.load32_splat(a, 8);
    c20 = i32x4.add(c20, i32x4.dot_i16x8_s(x2, b0));
    c21 = i32x4.add(c21, i32x4.dot_i16x8_s(x2, b1));
    const x3 = v128.load32_splat(a, 12);
    c30 = i32x4.add(c30, i32x4.dot_i16x8_s(x3, b0));
    c31 = i32x4.add(c31, i32x4.dot_i16x8_s(x3, b1));
    a += 16;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += stride;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += stride;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += stride;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** All products of two packed operands: rows of C are vectors of A, `stride` bytes apart. */
export function multiplyShort(a: usize, rowPanels: i32, b: usize, columnPanels: i32, pairs: i32, c: usize, stride: usize): void {
  for (let j = 0; j < columnPanels; j++) {
    for (let i = 0; i < rowPanels; i++) {
      tile(a + <usize>i * <usize>pairs * 16, b + <usize>j * <usize>pairs * 32, c + <usize>i * 4 * stride + <usize>j * 32, stride, pairs);
    }
  }
}

/**
 * Places of one row's products that may be among the `count` lowest, ascending. Product t lies within
 * scale[t] · (c[t] ± half) ± slack[t], in units of its row. Returns how many there are; at least `count`.
 *
 * @param upper room for `columns` floats.
 */
export function findLowest(c: usize, columns: i32, scale: usize, slack: usize, half: f32, count: i32, upper: usize, found: usize): i32 {
  const whole = columns & ~3;
  let low = f32.MAX_VALUE;
  let high = -f32.MAX_VALUE;
  let least = f32x4.splat(low);
  let most = f32x4.splat(high);
  const halves = f32x4.splat(half);
  for (let t = 0; t < whole; t += 4) {
    const at = <usize>t * 4;
    const middle = f32x4.add(f32x4.convert_i32x4_s(v128.load(c + at)), halves);
    const u = f32x4.add(f32x4.mul(v128.load(scale + at), middle), v128.load(slack + at));
    v128.store(upper + at, u);
    least = f32x4.pmin(least, u);
    most = f32x4.pmax(most, u);
  }
  low = min(min(f32x4.extract_lane(least, 0), f32x4.extract_lane(least, 1)), min(f32x4.extract_lane(least, 2), f32x4.extract_lane(least, 3)));
  high = max(max(f32x4.extract_lane(most, 0), f32x4.extract_lane(most, 1)), max(f32x4.extract_lane(most, 2), f32x4.extract_lane(most, 3)));
  for (let t = whole; t < columns; t++) {
    const at = <usize>t * 4;
    const u = f32.load(scale + at) * (<f32>i32.load(c + at) + half) + f32.load(slack + at);
    f32.store(upper + at, u);
    low = min(low, u);
    high = max(high, u);
  }
  // At least `count` lie at or below `high` always; it comes down while that stays so.
  const enough = count + (count >> 4) + 2;
  for (let step = 0; step < 40; step++) {
    const middle = low + (high - low) * 0.5;
    if (!(middle > low && middle < high)) break;
    const below = countBelow(upper, columns, middle);
    if (below >= count) {
      high = middle;
      if (below <= enough) break;
    } else {
      low = middle;
    }
  }
  let places: i32 = 0;
  const edge = f32x4.splat(high);
  for (let t = 0; t < whole; t += 4) {
    const at = <usize>t * 4;
    const middle = f32x4.sub(f32x4.convert_i32x4_s(v128.load(c + at)), halves);
    const l = f32x4.sub(f32x4.mul(v128.load(scale + at), middle), v128.load(slack + at));
    let mask = i32x4.bitmask(f32x4.le(l, edge));
    while (mask != 0) {
      i32.store(found + <usize>places * 4, t + ctz(mask));
      places++;
      mask &= mask - 1;
    }
  }
  for (let t = whole; t < columns; t++) {
    const at = <usize>t * 4;
    const l = f32.load(scale + at) * (<f32>i32.load(c + at) - half) - f32.load(slack + at);
    if (l <= high) {
      i32.store(found + <usize>places * 4, t);
      places++;
    }
  }
  return places;
}

function countBelow(values: usize, count: i32, edge: f32): i32 {
  const whole = count & ~3;
  const edges = f32x4.splat(edge);
  let sums = i32x4.splat(0);
  for (let t = 0; t < whole; t += 4) {
    sums = i32x4.sub(sums, f32x4.le(v128.load(values + <usize>t * 4), edges));
  }
  let sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) + i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  for (let t = whole; t < count; t++) sum += i32(f32.load(values + <usize>t * 4) <= edge);
  return sum;
}

/**
 * Products in double precision of `w` with the rows of R at the places found: sums of every fourth
 * entry, then (0 + 2) + (1 + 3). n is a multiple of 4. There is room for 3 more at `out`.
 */
export function exactProducts(w: usize, n: i32, r: usize, found: usize, count: i32, out: usize): void {
  const stride = <usize>n * 8;
  for (let i = 0; i < count; i += 4) {
    const last = count - 1;
    let r0 = r + <usize>i32.load(found + <usize>i * 4) * stride;
    let r1 = r + <usize>i32.load(found + <usize>min(i + 1, last) * 4) * stride;
    let r2 = r + <usize>i32.load(found + <usize>min(i + 2, last) * 4) * stride;
    let r3 = r + <usize>i32.load(found + <usize>min(i + 3, last) * 4) * stride;
    let a0 = f64x2.splat(0);
    let b0 = a0;
    let a1 = a0;
    let b1 = a0;
    let a2 = a0;
    let b2 = a0;
    let a3 = a0;
    let b3 = a0;
    let x = w;
    const end = w + stride;
    while (x < end) {
      const left = v128.load(x);
      const right = v128.load(x, 16);
      a0 = f64x2.add(a0, f64x2.mul(left, v128.load(r0)));
      b0 = f64x2.add(b0, f64x2.mul(right, v128.load(r0, 16)));
      a1 = f64x2.add(a1, f64x2.mul(left, v128.load(r1)));
      b1 = f64x2.add(b1, f64x2.mul(right, v128.load(r1, 16)));
      a2 = f64x2.add(a2, f64x2.mul(left, v128.load(r2)));
      b2 = f64x2.add(b2, f64x2.mul(right, v128.load(r2, 16)));
      a3 = f64x2.add(a3, f64x2.mul(left, v128.load(r3)));
      b3 = f64x2.add(b3, f64x2.mul(right, v128.load(r3, 16)));
      x += 32;
      r0 += 32;
      r1 += 32;
      r2 += 32;
      r3 += 32;
    }
    a0 = f64x2.add(a0, b0);
    a1 = f64x2.add(a1, b1);
    a2 = f64x2.add(a2, b2);
    a3 = f64x2.add(a3, b3);
    const to = out + <usize>i * 8;
    f64.store(to, f64x2.extract_lane(a0, 0) + f64x2.extract_lane(a0, 1));
    f64.store(to, f64x2.extract_lane(a1, 0) + f64x2.extract_lane(a1, 1), 8);
    f64.store(to, f64x2.extract_lane(a2, 0) + f64x2.extract_lane(a2, 1), 16);
    f64.store(to, f64x2.extract_lane(a3, 0) + f64x2.extract_lane(a3, 1), 24);
  }
}

/** Sorts `count` numbers ascending into `sorted`: each goes to its rank, equals in their order. */
export function sortByRank(values: usize, count: i32, sorted: usize): void {
  const pairs = count & ~1;
  for (let i = 0; i < count; i++) {
    const value = f64.load(values + <usize>i * 8);
    const own = f64x2.splat(value);
    let ranks = i64x2.splat(0);
    let j = 0;
    for (; j + 1 < i; j += 2) {
      ranks = i64x2.sub(ranks, f64x2.le(v128.load(values + <usize>j * 8), own));
    }
    let rank: i32 = 0;
    // The pair that holds i itself, and the one before it where i is odd, entry by entry.
    for (; j <= i && j < count; j++) {
      const other = f64.load(values + <usize>j * 8);
      rank += i32(j < i ? other <= value : other < value);
    }
    if ((j & 1) != 0 && j < count) {
      rank += i32(f64.load(values + <usize>j * 8) < value);
      j++;
    }
    for (; j < pairs; j += 2) {
      ranks = i64x2.sub(ranks, f64x2.lt(v128.load(values + <usize>j * 8), own));
    }
    if (j < count) rank += i32(f64.load(values + <usize>j * 8) < value);
    rank += <i32>(i64x2.extract_lane(ranks, 0) + i64x2.extract_lane(ranks, 1));
    f64.store(sorted + <usize>rank * 8, value);
  }
}
