export {
  cholesky,
  inverseLower,
  inverseSpd,
  logDeterminantCholesky,
  solveCholesky,
  solveCholeskyMatrix,
  solveLower,
  solveLowerTransposed,
} from './cholesky.ts';
export { conditionNumber } from './condition-number.ts';
export { type LeastSquares, leastSquares } from './least-squares.ts';
export { lowestProducts } from './lowest-products.ts';
export { determinant, inverse, solve } from './lu.ts';
export {
  columnOf,
  fromRows,
  identity,
  isSymmetric,
  type Matrix,
  matrix,
  toRows,
  transpose,
} from './matrix.ts';
export {
  clippedCorrelation,
  type NearestCorrelation,
  nearestCorrelation,
} from './nearest-correlation.ts';
export { nearestPsd, recompose, symmetricPart } from './nearest-psd.ts';
export { gram, gramOfRows, multiply, multiplyTransposed, transposedMultiply } from './products.ts';
export { qr } from './qr.ts';
export { type Svd, svd } from './svd.ts';
export { type SymmetricEigen, symmetricEigen, symmetricEigenvalues } from './symmetric-eigen.ts';
export { dot, norm, quadraticForm, timesVector, transposedTimesVector } from './vector.ts';
