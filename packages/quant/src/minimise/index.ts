export { type BfgsMinimum, type BfgsOptions, bfgs } from './bfgs.ts';
export { findRoot, type RootOptions } from './find-root.ts';
export { minimiseScalar, type ScalarMinimum, type ScalarOptions } from './minimise-scalar.ts';
export { nelderMead, type SimplexMinimum, type SimplexOptions } from './nelder-mead.ts';
export { type NewtonOptions, type NewtonRoot, newtonSystem } from './newton-system.ts';
export { numericGradient, numericHessian, numericJacobian } from './numeric-derivatives.ts';
