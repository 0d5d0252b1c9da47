import type { Columns } from './merge-columns.ts';

/** Lays series of times and values side by side over all times that one of them has. */
export function layMatrix(series: readonly Columns[]): {
  readonly from: Float64Array;
  readonly close: Float64Array;
} {
  const from = unionOf(series.map(([times]) => times ?? new Float64Array(0)));
  const close = new Float64Array(series.length * from.length).fill(Number.NaN);
  for (const [row, [times, values]] of series.entries()) {
    if (times === undefined || values === undefined) continue;
    const base = row * from.length;
    let column = 0;
    for (let i = 0; i < times.length; i++) {
      while ((from[column] as number) < (times[i] as number)) column++;
      close[base + column] = values[i] as number;
    }
  }
  return { from, close };
}

/** Each time once, rising. Series mostly share their times, so each is folded into what is known. */
function unionOf(times: readonly Float64Array[]): Float64Array {
  let known: Float64Array = new Float64Array(0);
  for (const each of times) if (!covers(known, each)) known = union(known, each);
  return known;
}

function covers(known: Float64Array, times: Float64Array): boolean {
  let at = 0;
  for (let i = 0; i < times.length; i++) {
    while (at < known.length && (known[at] as number) < (times[i] as number)) at++;
    if (known[at] !== times[i]) return false;
  }
  return true;
}

function union(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  let [i, j, count] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const left = i < a.length ? (a[i] as number) : Number.POSITIVE_INFINITY;
    const right = j < b.length ? (b[j] as number) : Number.POSITIVE_INFINITY;
    both[count++] = Math.min(left, right);
    if (left <= right) i++;
    if (right <= left) j++;
  }
  return both.slice(0, count);
}
