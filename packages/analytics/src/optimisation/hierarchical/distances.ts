import { condensedPlace } from '@plimsoll/quant/clustering';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';

/**
 * Distances of instruments by their correlations, d = √((1 − ρ) ÷ 2): 0 for ρ = 1, 1 for ρ = −1.
 *
 * @returns Condensed, shape [n (n − 1) ÷ 2].
 *
 * **Source:** R. N. Mantegna, "Hierarchical structure in financial markets" (1999).
 */
export function correlationDistances({ rows: n, data }: Matrix): Float64Array {
  const distances = new Float64Array((n * (n - 1)) / 2);
  let place = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      distances[place] = Math.sqrt(Math.min(1, Math.max(0, (1 - data[i * n + j]) / 2)));
      place += 1;
    }
  }
  return distances;
}

/**
 * Euclidean distances between the columns of a distance matrix: two instruments are near if they are
 * as far from all others. What the snippets of the paper cluster by.
 *
 * @param distances Condensed, shape [n (n − 1) ÷ 2]; so is the answer. Cost: n³ ÷ 2.
 *
 * **Source:** M. López de Prado, "Building Diversified Portfolios that Outperform Out-of-Sample"
 * (2016).
 */
export function columnDistances(distances: Float64Array, n: number): Float64Array {
  const square = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (i !== j) square[i * n + j] = distances[condensedPlace(n, i, j)];
  }
  const between = new Float64Array(distances.length);
  let place = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const off = square[i * n + k] - square[j * n + k];
        sum += off * off;
      }
      between[place] = Math.sqrt(sum);
      place += 1;
    }
  }
  return between;
}

/** ρᵢⱼ = Σᵢⱼ ÷ (σᵢ σⱼ); 0 beside an instrument without variance, 1 on the diagonal. */
export function correlationFrom({ rows: n, data }: Matrix): Matrix {
  const correlation = matrix(n, n);
  const scale = Float64Array.from({ length: n }, (_, i) => {
    const variance = data[i * n + i];
    return variance > 0 ? 1 / Math.sqrt(variance) : 0;
  });
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < n; j++) correlation.data[row + j] = data[row + j] * scale[i] * scale[j];
    correlation.data[row + i] = 1;
  }
  return correlation;
}
