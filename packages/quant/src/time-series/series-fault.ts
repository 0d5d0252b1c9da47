/** Beyond these the squares of numbers, or their inverses, leave the range of floating point. */
const largest = 1e140;
const smallest = 1e-140;

/**
 * Why nothing can be fitted to a series, null if something can: it has gaps (NaN or infinite), or its
 * largest number is too large or too small to be squared.
 */
export function seriesFault(x: Float64Array): string | null {
  let size = 0;
  for (const each of x) {
    if (!Number.isFinite(each)) return 'the series has gaps';
    size = Math.max(size, Math.abs(each));
  }
  if (size > largest) return `its numbers, up to ${size.toExponential(0)}, are too large to square`;
  return size > 0 && size < smallest
    ? `its numbers, up to ${size.toExponential(0)}, are too small to square`
    : null;
}
