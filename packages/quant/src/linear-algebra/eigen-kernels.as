// WebAssembly kernels of the symmetric eigenvalue problem, in AssemblyScript.
// `node tools/build-kernels.ts` compiles this to `eigen-kernels.gen.ts`. Raw pointers into one memory
// that the caller lays out; nothing is allocated here. Rows of U stand `lead` doubles apart, a multiple
// of 8. Sums go by fours in the order of `sumByFours` in eigen-steps.ts, which gives the same bits.

/** e = the leading i × i block, of which row j of U holds column j from its diagonal on, times d. */
export function timesSymmetric(u: usize, lead: i32, d: usize, e: usize, i: i32): void {
  memory.fill(e, 0, <usize>i * 8);
  for (let j = 0; j < i; j++) {
    const row = u + <usize>j * <usize>lead * 8;
    const f = f64.load(d + <usize>j * 8);
    let rest: f64 = 0;
    let k = j + 1;
    for (; k < i && (k & 3) != 0; k++) {
      const at = <usize>k * 8;
      const entry = f64.load(row + at);
      rest += entry * f64.load(d + at);
      f64.store(e + at, f64.load(e + at) + entry * f);
    }
    const factor = f64x2.splat(f);
    let low = f64x2.splat(0);
    let high = low;
    for (; k + 3 < i; k += 4) {
      const at = <usize>k * 8;
      const x = v128.load(row + at);
      const y = v128.load(row + at, 16);
      low = f64x2.add(low, f64x2.mul(x, v128.load(d + at)));
      high = f64x2.add(high, f64x2.mul(y, v128.load(d + at, 16)));
      v128.store(e + at, f64x2.add(v128.load(e + at), f64x2.mul(x, factor)));
      v128.store(e + at, f64x2.add(v128.load(e + at, 16), f64x2.mul(y, factor)), 16);
    }
    for (; k < i; k++) {
      const at = <usize>k * 8;
      const entry = f64.load(row + at);
      rest += entry * f64.load(d + at);
      f64.store(e + at, f64.load(e + at) + entry * f);
    }
    low = f64x2.add(low, high);
    const sum = rest + (f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1));
    const own = e + <usize>j * 8;
    f64.store(own, f64.load(own) + f64.load(row + <usize>j * 8) * f + sum);
  }
}

/** The leading block less d eᵀ + e dᵀ, from the diagonal of each column on. */
export function takeRankTwo(u: usize, lead: i32, d: usize, e: usize, i: i32): void {
  for (let j = 0; j < i; j++) {
    const row = u + <usize>j * <usize>lead * 8;
    const dj = f64.load(d + <usize>j * 8);
    const ej = f64.load(e + <usize>j * 8);
    let k = j;
    for (; k < i && (k & 1) != 0; k++) {
      const at = <usize>k * 8;
      f64.store(row + at, f64.load(row + at) - (dj * f64.load(e + at) + ej * f64.load(d + at)));
    }
    const dd = f64x2.splat(dj);
    const ee = f64x2.splat(ej);
    for (; k + 1 < i; k += 2) {
      const at = <usize>k * 8;
      const product = f64x2.add(f64x2.mul(dd, v128.load(e + at)), f64x2.mul(ee, v128.load(d + at)));
      v128.store(row + at, f64x2.sub(v128.load(row + at), product));
    }
    for (; k < i; k++) {
      const at = <usize>k * 8;
      f64.store(row + at, f64.load(row + at) - (dj * f64.load(e + at) + ej * f64.load(d + at)));
    }
  }
}

/** Each of the first `count` rows less its product with `v` times d, over the first `count` entries. */
export function reflectRows(u: usize, lead: i32, v: usize, d: usize, count: i32): void {
  const whole = count & ~3;
  for (let j = 0; j < count; j++) {
    const row = u + <usize>j * <usize>lead * 8;
    let low = f64x2.splat(0);
    let high = low;
    for (let k = 0; k < whole; k += 4) {
      const at = <usize>k * 8;
      low = f64x2.add(low, f64x2.mul(v128.load(v + at), v128.load(row + at)));
      high = f64x2.add(high, f64x2.mul(v128.load(v + at, 16), v128.load(row + at, 16)));
    }
    let rest: f64 = 0;
    for (let k = whole; k < count; k++) {
      const at = <usize>k * 8;
      rest += f64.load(v + at) * f64.load(row + at);
    }
    low = f64x2.add(low, high);
    const g = rest + (f64x2.extract_lane(low, 0) + f64x2.extract_lane(low, 1));
    const factor = f64x2.splat(g);
    for (let k = 0; k < whole; k += 4) {
      const at = <usize>k * 8;
      v128.store(row + at, f64x2.sub(v128.load(row + at), f64x2.mul(factor, v128.load(d + at))));
      v128.store(row + at, f64x2.sub(v128.load(row + at, 16), f64x2.mul(factor, v128.load(d + at, 16))), 16);
    }
    for (let k = whole; k < count; k++) {
      const at = <usize>k * 8;
      f64.store(row + at, f64.load(row + at) - g * f64.load(d + at));
    }
  }
}

/**
 * Applies sweeps of rotations to the rows of U, 8 columns at a time, so that a strip stays in the
 * first-level cache. Sweep q turns rows (m, m − 1), (m − 1, m − 2) … (l + 1, l), with m and l at
 * `spans` + 8·q (integers); cosine and sine of each turn follow one another at `turns`.
 *
 * @param strip room for n · 8 numbers.
 */
export function applySweeps(u: usize, lead: i32, n: i32, spans: usize, sweeps: i32, turns: usize, strip: usize): void {
  const stride = <usize>lead * 8;
  for (let column = 0; column < n; column += 8) {
    const from = u + <usize>column * 8;
    for (let i = 0; i < n; i++) memory.copy(strip + <usize>i * 64, from + <usize>i * stride, 64);
    let turn = turns;
    for (let q = 0; q < sweeps; q++) {
      const m = i32.load(spans + <usize>q * 8);
      const l = i32.load(spans + <usize>q * 8, 4);
      let at = strip + <usize>m * 64;
      let y0 = v128.load(at);
      let y1 = v128.load(at, 16);
      let y2 = v128.load(at, 32);
      let y3 = v128.load(at, 48);
      for (let i = m; i > l; i--) {
        const c = v128.load64_splat(turn);
        const s = v128.load64_splat(turn, 8);
        turn += 16;
        const before = at - 64;
        const x0 = v128.load(before);
        const x1 = v128.load(before, 16);
        const x2 = v128.load(before, 32);
        const x3 = v128.load(before, 48);
        v128.store(at, f64x2.add(f64x2.mul(s, x0), f64x2.mul(c, y0)));
        v128.store(at, f64x2.add(f64x2.mul(s, x1), f64x2.mul(c, y1)), 16);
        v128.store(at, f64x2.add(f64x2.mul(s, x2), f64x2.mul(c, y2)), 32);
        v128.store(at, f64x2.add(f64x2.mul(s, x3), f64x2.mul(c, y3)), 48);
        y0 = f64x2.sub(f64x2.mul(c, x0), f64x2.mul(s, y0));
        y1 = f64x2.sub(f64x2.mul(c, x1), f64x2.mul(s, y1));
        y2 = f64x2.sub(f64x2.mul(c, x2), f64x2.mul(s, y2));
        y3 = f64x2.sub(f64x2.mul(c, x3), f64x2.mul(s, y3));
        at = before;
      }
      v128.store(at, y0);
      v128.store(at, y1, 16);
      v128.store(at, y2, 32);
      v128.store(at, y3, 48);
    }
    for (let i = 0; i < n; i++) memory.copy(from + <usize>i * stride, strip + <usize>i * 64, 64);
  }
}
