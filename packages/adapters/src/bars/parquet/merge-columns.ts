/** Columns of one length, the first of them times, strictly rising. */
export type Columns = readonly Float64Array[];

/** Both as one, by time; where both have a time, the row is that of `later`. Cost: one pass over both. */
export function mergeColumns(earlier: Columns, later: Columns): Columns {
  const [first, second] = [earlier[0] ?? new Float64Array(0), later[0] ?? new Float64Array(0)];
  if (first.length === 0) return later;
  if (second.length === 0) return earlier;
  const { from, row, count } = orderRows(first, second);
  return later.map((column, c) => {
    const before = earlier[c] as Float64Array;
    const merged = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      merged[i] = (from[i] === 1 ? column : before)[row[i] as number] as number;
    }
    return merged;
  });
}

/** For each merged row, which side it is taken from (1 is the later) and where it stands there. */
function orderRows(first: Float64Array, second: Float64Array) {
  const room = first.length + second.length;
  const from = new Uint8Array(room);
  const row = new Uint32Array(room);
  let [i, j, count] = [0, 0, 0];
  while (i < first.length || j < second.length) {
    const left = i < first.length ? (first[i] as number) : Number.POSITIVE_INFINITY;
    const right = j < second.length ? (second[j] as number) : Number.POSITIVE_INFINITY;
    if (left === right) i++;
    const takeLater = right <= left;
    from[count] = takeLater ? 1 : 0;
    row[count++] = takeLater ? j++ : i++;
  }
  return { from, row, count };
}
