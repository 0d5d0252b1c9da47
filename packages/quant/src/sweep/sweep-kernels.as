// WebAssembly kernels for going through many pairs of rows, in AssemblyScript.
// `node tools/build-kernels.ts` compiles this to `sweep-kernels.gen.ts`. Raw pointers into one memory
// that the caller lays out; nothing is allocated here.

/** 1 above, −1 below, 0 where equal or one is no number. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function sideOf(x: usize, y: usize, at: i32): i32 {
  const a = f64.load(x + (<usize>at << 3));
  const b = f64.load(y + (<usize>at << 3));
  return i32(a > b) - i32(a < b);
}

/** Sixteen lanes of 64 bits, all ones or all zeros, as sixteen bits. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function sixteenBits(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): i32 {
  const low = i16x8.narrow_i32x4_s(
    v128.shuffle<i32>(a, b, 0, 2, 4, 6),
    v128.shuffle<i32>(c, d, 0, 2, 4, 6),
  );
  const high = i16x8.narrow_i32x4_s(
    v128.shuffle<i32>(e, f, 0, 2, 4, 6),
    v128.shuffle<i32>(g, h, 0, 2, 4, 6),
  );
  return i8x16.bitmask(i8x16.narrow_i16x8_s(low, high));
}

/**
 * The lowest and the highest value of each sixteen of a row, in pairs, at `out`; NaN where one of them
 * is. What is left of less than sixteen has none.
 */
export function bound(x: usize, n: i32, out: usize): void {
  for (let at = 0; at + 16 <= n; at += 16) {
    const p = x + (<usize>at << 3);
    let low = v128.load(p);
    let high = low;
    for (let i: usize = 16; i < 128; i += 16) {
      const pair = v128.load(p + i);
      low = f64x2.min(low, pair);
      high = f64x2.max(high, pair);
    }
    f64.store(out, min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1)));
    f64.store(out, max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1)), 8);
    out += 16;
  }
}

/**
 * Places in [from, n) at which x has come to be above y, as they are, or below it, with all bits turned
 * over; the first is where they are first told apart. Where they are equal or one is no number, the
 * side stays. `xs` and `ys` are the bounds of the two: sixteen whose bounds are apart need no look.
 * Returns how many there are; there is room for n − from at `out` (32 bits each).
 */
export function crossings(x: usize, y: usize, xs: usize, ys: usize, from: i32, n: i32, out: usize): i32 {
  let to = out;
  let side: i32 = 0;
  let at = from;
  for (; at < n && side == 0; at++) side = sideOf(x, y, at);
  if (side == 0) return 0;
  i32.store(to, side > 0 ? at - 1 : ~(at - 1));
  to += 4;
  for (; at < n && (at & 15) != 0; at++) {
    const now = sideOf(x, y, at);
    if (now != 0 && now != side) {
      side = now;
      i32.store(to, now > 0 ? at : ~at);
      to += 4;
    }
  }
  for (; at + 16 <= n; at += 16) {
    if (f64.load(xs + <usize>at) > f64.load(ys + <usize>at, 8)) {
      if (side < 0) {
        side = 1;
        i32.store(to, at);
        to += 4;
      }
      continue;
    }
    if (f64.load(xs + <usize>at, 8) < f64.load(ys + <usize>at)) {
      if (side > 0) {
        side = -1;
        i32.store(to, ~at);
        to += 4;
      }
      continue;
    }
    const p = x + (<usize>at << 3);
    const q = y + (<usize>at << 3);
    const x0 = v128.load(p), y0 = v128.load(q);
    const x1 = v128.load(p, 16), y1 = v128.load(q, 16);
    const x2 = v128.load(p, 32), y2 = v128.load(q, 32);
    const x3 = v128.load(p, 48), y3 = v128.load(q, 48);
    const x4 = v128.load(p, 64), y4 = v128.load(q, 64);
    const x5 = v128.load(p, 80), y5 = v128.load(q, 80);
    const x6 = v128.load(p, 96), y6 = v128.load(q, 96);
    const x7 = v128.load(p, 112), y7 = v128.load(q, 112);
    const a0 = f64x2.gt(x0, y0), a1 = f64x2.gt(x1, y1), a2 = f64x2.gt(x2, y2), a3 = f64x2.gt(x3, y3);
    const a4 = f64x2.gt(x4, y4), a5 = f64x2.gt(x5, y5), a6 = f64x2.gt(x6, y6), a7 = f64x2.gt(x7, y7);
    const told = v128.and(
      v128.and(
        v128.and(v128.or(a0, f64x2.lt(x0, y0)), v128.or(a1, f64x2.lt(x1, y1))),
        v128.and(v128.or(a2, f64x2.lt(x2, y2)), v128.or(a3, f64x2.lt(x3, y3))),
      ),
      v128.and(
        v128.and(v128.or(a4, f64x2.lt(x4, y4)), v128.or(a5, f64x2.lt(x5, y5))),
        v128.and(v128.or(a6, f64x2.lt(x6, y6)), v128.or(a7, f64x2.lt(x7, y7))),
      ),
    );
    if (i64x2.all_true(told)) {
      const above = sixteenBits(a0, a1, a2, a3, a4, a5, a6, a7);
      let changes = (above ^ ((above << 1) | i32(side > 0))) & 0xffff;
      side = (above >> 15) != 0 ? 1 : -1;
      while (changes != 0) {
        const place = ctz(changes);
        i32.store(to, (at + place) ^ (((above >> place) & 1) - 1));
        to += 4;
        changes &= changes - 1;
      }
      continue;
    }
    for (let i = at; i < at + 16; i++) {
      const now = sideOf(x, y, i);
      if (now != 0 && now != side) {
        side = now;
        i32.store(to, now > 0 ? i : ~i);
        to += 4;
      }
    }
  }
  for (; at < n; at++) {
    const now = sideOf(x, y, at);
    if (now != 0 && now != side) {
      side = now;
      i32.store(to, now > 0 ? at : ~at);
      to += 4;
    }
  }
  return <i32>((to - out) >> 2);
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function deeper(fall: f64, low: f64, high: f64): f64 {
  const now = 1.0 - low / high;
  return now > fall ? now : fall;
}

/**
 * Goes on along the path v = a + b·x over the places [from, until), where `last` came before: adds
 * v ÷ (v before) − 1 and its square to sums kept by two lanes, of even and odd distance from `from`,
 * and keeps the highest v, the lowest since, and the deepest fall 1 − low ÷ high.
 *
 * State at `state`, doubles: sums (2), sums of squares (2), last, high, low, deepest fall.
 */
export function follow(x: usize, from: i32, until: i32, a: f64, b: f64, state: usize): void {
  if (from >= until) return;
  let sums = v128.load(state);
  let squares = v128.load(state, 16);
  let last = f64.load(state, 32);
  let high = f64.load(state, 40);
  let low = f64.load(state, 48);
  let fall = f64.load(state, 56);
  const ones = f64x2.splat(1);
  const as = f64x2.splat(a);
  const bs = f64x2.splat(b);
  let before = last;
  let at = from;
  let p = x + (<usize>from << 3);
  for (; at + 2 <= until; at += 2) {
    const pair = f64x2.add(as, f64x2.mul(bs, v128.load(p)));
    const second = f64x2.extract_lane(pair, 1);
    const change = f64x2.sub(f64x2.div(pair, v128.shuffle<i64>(f64x2.splat(before), pair, 0, 2)), ones);
    sums = f64x2.add(sums, change);
    squares = f64x2.add(squares, f64x2.mul(change, change));
    before = second;
    p += 16;
    const first = f64x2.extract_lane(pair, 0);
    if (first > high || second > high) {
      if (first > high) {
        fall = deeper(fall, low, high);
        high = first;
        low = first;
      } else {
        low = first < low ? first : low;
      }
      if (second > high) {
        fall = deeper(fall, low, high);
        high = second;
        low = second;
      } else {
        low = second < low ? second : low;
      }
    } else {
      low = first < low ? first : low;
      low = second < low ? second : low;
    }
  }
  if (at < until) {
    const v = a + b * f64.load(p);
    const change = v / before - 1.0;
    sums = f64x2.replace_lane(sums, 0, f64x2.extract_lane(sums, 0) + change);
    squares = f64x2.replace_lane(squares, 0, f64x2.extract_lane(squares, 0) + change * change);
    before = v;
    if (v > high) {
      fall = deeper(fall, low, high);
      high = v;
      low = v;
    } else {
      low = v < low ? v : low;
    }
  }
  v128.store(state, sums);
  v128.store(state, squares, 16);
  f64.store(state, before, 32);
  f64.store(state, high, 40);
  f64.store(state, low, 48);
  f64.store(state, fall, 56);
}
