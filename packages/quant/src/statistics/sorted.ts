/** Up to so many values the engine's own sort is as fast. */
const few = 256;
const digit = 11;
const buckets = 1 << digit;

/**
 * The values in ascending order, −0 before 0.
 *
 * Sorted by the upper halves of their bits in three passes, and what shares an upper half by insertion;
 * values that differ in their last digits only go to the engine's own sort.
 *
 * @param x Shape [n], without NaN; not changed.
 * @returns shape [n]. Cost about 12 n for n ≥ 256, else n log n.
 *
 * **Source:** D. E. Knuth, The art of computer programming, volume 3, 1973, section 5.2.5.
 */
export function sorted(x: Float64Array): Float64Array {
  const n = x.length;
  if (n < few) return x.toSorted();
  let from = x.slice();
  let to = new Float64Array(n);
  const counts = countDigits(new Int32Array(from.buffer), n);
  for (let pass = 0; pass < 3; pass++) {
    distribute(from, to, counts, pass);
    [from, to] = [to, from];
  }
  return insertAll(from) ? from : from.sort();
}

/** Where the upper half of a number's bits lies on this machine. */
const upper = new Int32Array(Float64Array.of(-1).buffer)[1] === 0 ? 0 : 1;

/** Bits whose order as an unsigned number is the order of the doubles. */
const keyOf = (bits: number): number => bits ^ ((bits >> 31) | 0x8000_0000);

/** How many values come before each digit, for each pass. */
function countDigits(bits: Int32Array, n: number): Int32Array {
  const counts = new Int32Array(3 * buckets);
  for (let i = 0; i < n; i++) {
    const key = keyOf(bits[2 * i + upper]);
    counts[key & (buckets - 1)]++;
    counts[buckets + ((key >>> digit) & (buckets - 1))]++;
    counts[2 * buckets + (key >>> (2 * digit))]++;
  }
  for (let pass = 0; pass < 3; pass++) {
    let before = 0;
    for (let b = pass * buckets; b < (pass + 1) * buckets; b++) {
      const count = counts[b];
      counts[b] = before;
      before += count;
    }
  }
  return counts;
}

function distribute(from: Float64Array, to: Float64Array, counts: Int32Array, pass: number): void {
  const bits = new Int32Array(from.buffer);
  const shift = pass * digit;
  const base = pass * buckets;
  for (let i = 0; i < from.length; i++) {
    const key = keyOf(bits[2 * i + upper]);
    to[counts[base + ((key >>> shift) & (buckets - 1))]++] = from[i];
  }
}

/** Sorts what is nearly sorted; false where it is not nearly enough. */
function insertAll(x: Float64Array): boolean {
  let moves = 8 * x.length;
  for (let i = 1; i < x.length; i++) {
    const value = x[i];
    let j = i - 1;
    for (; j >= 0 && x[j] > value; j--) {
      x[j + 1] = x[j];
      moves--;
    }
    x[j + 1] = value;
    if (moves < 0) return false;
  }
  return true;
}
