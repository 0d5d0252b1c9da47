export { autocorrelation, autocorrelations } from './autocorrelation.ts';
export {
  type CoMoments,
  coMoments,
  correlation,
  correlationOf,
  covariance,
} from './co-moments.ts';
export { maximum, minimum } from './extremes.ts';
export { ascendingOrder, kendallTau } from './kendall-tau.ts';
export {
  type CentralMoments,
  centralMoments,
  columnMeans,
  kurtosis,
  kurtosisOf,
  skewness,
  skewnessOf,
  standardDeviation,
  variance,
} from './moments.ts';
export {
  median,
  medianAbsoluteDeviation,
  type QuantileType,
  quantile,
  quantileSorted,
} from './quantile.ts';
export { rank } from './rank.ts';
export {
  type RollingCoMoments,
  type RollingMoments,
  rollingCoMoments,
  rollingMoments,
  rollingSlopes,
} from './rolling.ts';
export { selectKth } from './select-kth.ts';
export { sorted } from './sorted.ts';
export { mean, sum, sumBetween } from './sum.ts';
