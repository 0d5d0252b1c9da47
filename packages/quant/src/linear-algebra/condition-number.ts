import { isSymmetric, type Matrix } from './matrix.ts';
import { svd } from './svd.ts';
import { symmetricEigenvalues } from './symmetric-eigen.ts';

/**
 * κ₂(A) = largest ÷ smallest singular value: how much relative error in data may grow when A is
 * solved against. 1 at best; Infinity where A is singular. Of a symmetric matrix by its
 * eigenvalues, else by its singular values. Entries must be finite. An empty matrix has 1.
 */
export function conditionNumber(a: Matrix): number {
  const sizes = (isSymmetric(a) ? symmetricEigenvalues(a) : svd(a).values).map(Math.abs);
  if (sizes.length === 0) return 1;
  let least = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const size of sizes) {
    least = Math.min(least, size);
    largest = Math.max(largest, size);
  }
  return least === 0 ? Number.POSITIVE_INFINITY : largest / least;
}
