export {
  longRunSum,
  neweyWestLag,
} from './coefficient-covariance.ts';
export { type HuberRegression, huberRegression } from './huber-regression.ts';
export { type LogisticElasticNet, logisticElasticNet } from './logistic-elastic-net.ts';
export {
  type CovarianceKind,
  type LinearRegression,
  ordinaryLeastSquares,
  type RegressionOptions,
} from './ordinary-least-squares.ts';
export {
  type ElasticNet,
  type ElasticNetOptions,
  elasticNet,
  lasso,
  ridge,
  type Standardised,
  standardise,
} from './penalised.ts';
export {
  breuschPagan,
  type ChiSquareTest,
  durbinWatson,
  varianceInflation,
} from './residual-tests.ts';
export { type RollingRegression, rollingRegression } from './rolling-regression.ts';
export { type SolvedColumns, solveColumns } from './solve-columns.ts';
