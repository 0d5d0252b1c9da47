import { ok, type Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';

/** Chooses weights of a few instruments from their covariance and expected returns, if these are known. */
export type ChooseWeights = (
  covariance: Matrix,
  expectedReturns: Float64Array | null,
) => Result<Float64Array>;

/**
 * Nested clustered optimisation: weights within each cluster are chosen as if there were no other,
 * then weights of the clusters from the covariance that these portfolios have.
 *
 *   wᶜ = choose(Σ of the cluster c),   u = choose(WᵀΣW),   w = W u,   W shape [n × k] with column c holding wᶜ
 *
 * The inverse of an ill-conditioned matrix is thereby never needed whole.
 *
 * @param clusters Number of each instrument's cluster, 1 … k, shape [n].
 *
 * **Source:** M. López de Prado, "A Robust Estimator of the Efficient Frontier" (2019).
 */
export function nestedClusters(
  covariance: Matrix,
  expectedReturns: Float64Array | null,
  members: readonly Int32Array[],
  choose: { readonly within: ChooseWeights; readonly between: ChooseWeights },
): Result<Float64Array> {
  const n = covariance.rows;
  const k = members.length;
  const inner = new Float64Array(n);
  for (const each of members) {
    const part = block(covariance, each);
    const chosen = choose.within(part, expectedReturns && pick(expectedReturns, each));
    if (!chosen.ok) return chosen;
    each.forEach((member, i) => {
      inner[member] = chosen.value[i];
    });
  }
  const reduced = matrix(k, k);
  members.forEach((one, a) => {
    members.forEach((other, b) => {
      let sum = 0;
      for (const i of one) {
        for (const j of other) sum += inner[i] * covariance.data[i * n + j] * inner[j];
      }
      reduced.data[a * k + b] = sum;
    });
  });
  const means =
    expectedReturns &&
    Float64Array.from(members, (each) =>
      each.reduce((sum, i) => sum + inner[i] * expectedReturns[i], 0),
    );
  const outer = choose.between(reduced, means);
  if (!outer.ok) return outer;
  members.forEach((each, cluster) => {
    for (const i of each) inner[i] *= outer.value[cluster];
  });
  return ok(inner);
}

const pick = (values: Float64Array, members: Int32Array): Float64Array =>
  Float64Array.from(members, (i) => values[i]);

function block({ rows: n, data }: Matrix, members: Int32Array): Matrix {
  const size = members.length;
  const part = matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) part.data[i * size + j] = data[members[i] * n + members[j]];
  }
  return part;
}
