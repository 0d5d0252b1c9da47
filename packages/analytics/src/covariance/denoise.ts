import {
  type Matrix,
  recompose,
  type SymmetricEigen,
  symmetricEigen,
} from '@plimsoll/quant/linear-algebra';
import { deviationsOf, fromCorrelation, toCorrelation } from './correlation.ts';
import { fitNoiseVariance, type NoiseFit, noiseEdge } from './marchenko-pastur.ts';
import { sampleCovariance } from './sample.ts';

/** A covariance whose noise has been levelled. */
export interface DenoisedCovariance {
  readonly covariance: Matrix;
  readonly correlation: Matrix;
  /** Of the sample's correlations, descending, shape [n]. */
  readonly eigenvalues: Float64Array;
  /** σ² of the noise: 1, or as fitted. */
  readonly noiseVariance: number;
  /** λ₊: what is above it counts as signal. */
  readonly edge: number;
  /** Eigenvalues above the edge. */
  readonly signals: number;
}

/**
 * Random-matrix denoising: eigenvalues of the sample correlations that pure noise could have made are
 * replaced by their mean, which keeps the trace; the diagonal is made 1 again and the deviations
 * (ddof 1) put back. Positive definite wherever the noise has a mean above 0. With `detone` > 0 the
 * largest eigenvalues are taken out after that, for clustering; the result is then singular.
 *
 * **Source:** Laloux, Cizeau, Bouchaud and Potters, Noise dressing of financial correlation matrices,
 * 1999; López de Prado, Machine Learning for Asset Managers, 2020, §2.5 and §2.6.
 *
 * @param returns shape [T × n], finite, no constant column; T > n where the noise is fitted.
 * @param noise `unit` takes σ² = 1; otherwise it is fitted to the eigenvalues.
 * @param detone largest components to take out, 0 to n − 1; 0 if not given.
 */
export function denoisedCovariance(
  returns: Matrix,
  { noise = 'unit', detone = 0 }: { noise?: 'unit' | NoiseFit; detone?: number } = {},
): DenoisedCovariance {
  const sample = sampleCovariance(returns);
  const eigen = symmetricEigen(toCorrelation(sample));
  const ratio = returns.rows / returns.columns;
  const noiseVariance = noise === 'unit' ? 1 : fitNoiseVariance(eigen.values, ratio, noise);
  const edge = noiseEdge(ratio, noiseVariance);
  const signals = eigen.values.filter((value) => value > edge).length;
  const levelled = levelNoise(eigen, signals);
  if (detone > 0) levelled.fill(0, levelled.length - detone);
  const correlation = toCorrelation(recompose({ values: levelled, vectors: eigen.vectors }));
  return {
    covariance: fromCorrelation(correlation, deviationsOf(sample)),
    correlation,
    eigenvalues: Float64Array.from(eigen.values).reverse(),
    noiseVariance,
    edge,
    signals,
  };
}

/** The eigenvalues, ascending, with those below the signals at their mean. */
function levelNoise({ values }: SymmetricEigen, signals: number): Float64Array {
  const noisy = values.length - signals;
  const mean = values.subarray(0, noisy).reduce((sum, value) => sum + value, 0) / noisy;
  return values.map((value, i) => (i < noisy ? mean : value));
}
