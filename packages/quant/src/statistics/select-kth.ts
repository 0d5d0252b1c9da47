/**
 * The value that would stand at place k if x were sorted. x is rearranged in place: smaller or equal
 * ones come before place k, larger or equal ones after it.
 *
 * @param x Shape [n], n > k, without NaN; changed.
 * @param k From 0.
 * @returns NaN where there is no place k. Cost about 2 n.
 *
 * **Source:** C. A. R. Hoare, Algorithm 65: Find, 1961, with the median of three as the pivot.
 */
export function selectKth(x: Float64Array, k: number): number {
  if (k < 0 || k >= x.length) return Number.NaN;
  let low = 0;
  let high = x.length - 1;
  while (high > low) {
    const pivot = middleOf(x[low], x[(low + high) >>> 1], x[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (x[i] < pivot) i++;
      while (x[j] > pivot) j--;
      if (i <= j) {
        const held = x[i];
        x[i++] = x[j];
        x[j--] = held;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else return x[k];
  }
  return x[k];
}

const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
