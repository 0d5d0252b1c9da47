export { ledoitWolfConstantCorrelation } from './constant-correlation.ts';
export { deviationsOf, fromCorrelation, toCorrelation } from './correlation.ts';
export { type DenoisedCovariance, denoisedCovariance } from './denoise.ts';
export {
  type CovarianceMethod,
  type CovarianceSettings,
  constantColumn,
  covarianceMethods,
  type EstimatedCovariance,
  estimateCovariance,
} from './estimate-covariance.ts';
export {
  bayesSteinMeans,
  type CapmMeans,
  capmMeans,
  exponentialMeans,
  historicalMeans,
  jamesSteinMeans,
  type ShrunkMeans,
} from './expected-returns.ts';
export {
  decayOfHalfLife,
  decayOfSpan,
  type ExponentialOptions,
  exponentialConventions,
  exponentialCovariance,
  exponentialWeights,
} from './exponential.ts';
export {
  type FactorCovariance,
  factorCovariance,
  principalCovariance,
} from './factor-covariance.ts';
export { type GerberStatistic, gerberCovariance } from './gerber.ts';
export { type CovarianceHealth, covarianceHealth } from './health.ts';
export { ledoitWolfIdentity, oracleApproximating } from './identity-shrinkage.ts';
export { fitNoiseVariance, type NoiseFit, noiseEdge } from './marchenko-pastur.ts';
export { type PairwiseCovariance, pairwiseCovariance } from './pairwise.ts';
export { sampleCovariance } from './sample.ts';
export { semiCovariance } from './semi-covariance.ts';
export type { ShrunkCovariance } from './shrinkage.ts';
export { ledoitWolfSingleFactor } from './single-factor.ts';
