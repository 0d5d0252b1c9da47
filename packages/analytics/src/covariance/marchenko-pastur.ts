import { minimiseScalar } from '@plimsoll/quant/minimise';

/**
 * The largest eigenvalue that the correlations of pure noise have: λ₊ = σ² (1 + √(n/T))².
 *
 * **Source:** Marchenko and Pastur, Distribution of eigenvalues for some sets of random matrices, 1967.
 *
 * @param ratio q = T/n, above 0.
 * @param variance σ² of the noise, 1 where nothing is signal.
 */
export const noiseEdge = (ratio: number, variance = 1): number =>
  variance * (1 + Math.sqrt(1 / ratio)) ** 2;

/** How the variance of the noise is fitted. */
export interface NoiseFit {
  /** Width of the Gaussian kernel, above 0; 0.01 in the source. */
  readonly bandwidth?: number;
  /**
   * `global`: the least squared error of the whole interval. `from-half`: downhill from ½ to the bound
   * if that is lower, else to the minimum on the way, which is where L-BFGS-B in SciPy 1.10 ends.
   */
  readonly search?: 'global' | 'from-half';
  /**
   * Where the kernel density is taken: on the grid of eigenvalues, or at the density's own values, an
   * error of skfolio 0.20.1.
   */
  readonly evaluateAt?: 'eigenvalues' | 'densities';
}

const [least, most] = [1e-5, 1 - 1e-5];
const points = 1000;

/**
 * σ² of the noise in correlations: the variance, in [10⁻⁵, 1 − 10⁻⁵], at which the Marchenko–Pastur
 * density is nearest by squares to the kernel density of the eigenvalues, on 1,000 points of the
 * former's support. The error has many minima where the bandwidth is small. Cost 10⁶·n evaluations of
 * exp at most.
 *
 * **Source:** López de Prado, Machine Learning for Asset Managers, 2020, §2.4, snippet 2.4.
 *
 * @param eigenvalues of the correlation matrix, shape [n].
 * @param ratio q = T/n, above 1.
 */
export function fitNoiseVariance(
  eigenvalues: Float64Array,
  ratio: number,
  { bandwidth = 0.01, search = 'global', evaluateAt = 'eigenvalues' }: NoiseFit = {},
): number {
  const error = (variance: number): number => {
    const { at, density } = noiseDensity(variance, ratio);
    const found = kernelDensity(
      eigenvalues,
      evaluateAt === 'eigenvalues' ? at : density,
      bandwidth,
    );
    return found.reduce((sum, value, i) => sum + (value - density[i]) ** 2, 0);
  };
  return search === 'global' ? lowestOfAll(error) : downhillFromHalf(error);
}

function lowestOfAll(error: (variance: number) => number): number {
  const grid = Float64Array.from({ length: 201 }, (_, i) => least + (i / 200) * (most - least));
  const errors = grid.map(error);
  let best = 0;
  errors.forEach((value, i) => {
    if (value < errors[best]) best = i;
  });
  const found = minimiseScalar(error, grid[Math.max(0, best - 1)], grid[Math.min(200, best + 1)]);
  return found.value < errors[best] ? found.x : grid[best];
}

function downhillFromHalf(error: (variance: number) => number): number {
  const start = error(0.5);
  const step = 1e-8;
  const bound = error(0.5 + step) < start ? most : least;
  if (error(bound) < start) return bound;
  return minimiseScalar(error, Math.min(0.5, bound), Math.max(0.5, bound)).x;
}

function noiseDensity(
  variance: number,
  ratio: number,
): { readonly at: Float64Array; readonly density: Float64Array } {
  const low = variance * (1 - Math.sqrt(1 / ratio)) ** 2;
  const high = noiseEdge(ratio, variance);
  const at = Float64Array.from(
    { length: points },
    (_, i) => low + (i / (points - 1)) * (high - low),
  );
  // The ends are roots of the density; rounding must not take them below 0.
  const density = at.map(
    (x) => (ratio / (2 * Math.PI * variance * x)) * Math.sqrt(Math.max(0, (high - x) * (x - low))),
  );
  return { at, density };
}

function kernelDensity(from: Float64Array, at: Float64Array, bandwidth: number): Float64Array {
  const scale = 1 / (from.length * bandwidth * Math.sqrt(2 * Math.PI));
  return at.map((x) => {
    let sum = 0;
    for (const centre of from) {
      const z = (x - centre) / bandwidth;
      // Beyond 39 deviations a Gaussian is 0 in double precision.
      if (z * z < 1521) sum += Math.exp(-0.5 * z * z);
    }
    return sum * scale;
  });
}
