/** The smallest piece and the most pieces that ranges are taken of. */
const smallest = 8;
const mostPieces = 32;

/** In how many equal pieces the values are cut: 1, 2, 4 … as long as a piece has 8 values or more. */
function cuts(n: number): number[] {
  const found: number[] = [];
  for (let pieces = 1; pieces <= mostPieces && Math.floor(n / pieces) >= smallest; pieces *= 2) {
    found.push(pieces);
  }
  return found;
}

/** Range of the running sum of deviations from the mean, by the standard deviation (÷ n). */
function rangeOf(values: Float64Array, from: number, size: number): number {
  let mean = 0;
  for (let t = from; t < from + size; t++) mean += values[t] / size;
  let sum = 0;
  let squares = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let t = from; t < from + size; t++) {
    const d = values[t] - mean;
    sum += d;
    squares += d * d;
    least = Math.min(least, sum);
    most = Math.max(most, sum);
  }
  return squares === 0 ? Number.NaN : (most - least) / Math.sqrt(squares / size);
}

/**
 * Exponent of Hurst by rescaled ranges: the slope of log(mean R/S) on log(size) over pieces of n,
 * n ÷ 2, n ÷ 4 … values, cut so that the newest are always in. NaN where values do not vary.
 *
 * **Source:** Hurst, Long-term storage capacity of reservoirs, 1951.
 */
export function rescaledRangeExponent(values: Float64Array, at: number, n: number): number {
  const all = cuts(n);
  let [sx, sy, sxx, sxy] = [0, 0, 0, 0];
  for (const pieces of all) {
    const size = Math.floor(n / pieces);
    let total = 0;
    for (let k = 1; k <= pieces; k++) total += rangeOf(values, at + n - k * size, size);
    const x = Math.log(size);
    const y = Math.log(total / pieces);
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
  }
  const count = all.length;
  return (count * sxy - sx * sy) / (count * sxx - sx * sx);
}
