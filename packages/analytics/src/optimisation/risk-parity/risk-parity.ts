import { ok, type Result, refuse } from '@plimsoll/kernel';
import {
  cholesky,
  dot,
  type Matrix,
  matrix,
  solveCholesky,
  timesVector,
} from '@plimsoll/quant/linear-algebra';

export interface RiskParity {
  /** All above 0, sum 1, shape [n]. */
  readonly weights: Float64Array;
  /** Share of the variance that comes of each, wᵢ (Σw)ᵢ ÷ wᵀΣw, shape [n]. */
  readonly shares: Float64Array;
  readonly iterations: number;
  /** Greatest |share − budget|. */
  readonly residual: number;
}

/**
 * Long-only weights of which each gives a stated share of the variance (equal risk contribution if
 * the budgets are equal).
 *
 *   minimise ½ yᵀΣy − Σ bᵢ ln yᵢ over y > 0,   w = y ÷ Σy,   so that wᵢ (Σw)ᵢ ÷ wᵀΣw = bᵢ
 *
 * Newton on correlations, damped by the decrement while it is far (the function is self-concordant),
 * then plain Newton until rounding stops it.
 *
 * @param covariance Shape [n × n], symmetric, positive variances.
 * @param budgets    Shares of the variance, each above 0; scaled to sum 1. Equal if not given.
 * @returns Weights to about 1e-15. Refused: a variance or a budget that is not positive; covariance
 *   under which some long-only portfolio has no risk, so that no portfolio has the stated shares.
 *
 * Cost: about ten factorisations, n³ ÷ 3 each.
 *
 * **Source:** F. Spinu, "An Algorithm for Computing Risk Parity Weights" (2013); S. Maillard,
 * T. Roncalli, J. Teïletche, "The Properties of Equally Weighted Risk Contribution Portfolios" (2010).
 */
export function riskParity(covariance: Matrix, budgets?: Float64Array): Result<RiskParity> {
  const n = covariance.rows;
  const b = (budgets ?? new Float64Array(n).fill(1)).slice();
  const bad = b.findIndex((each) => !(each > 0 && each < Number.POSITIVE_INFINITY));
  if (bad >= 0) {
    const detail = `Risk budget ${bad + 1} is ${b[bad]}; give each a share above 0.`;
    return refuse({ code: 'risk-parity.budget', detail });
  }
  const total = b.reduce((sum, each) => sum + each, 0);
  for (let i = 0; i < n; i++) b[i] /= total;
  const deviations = Float64Array.from(b, (_, i) => Math.sqrt(covariance.data[i * n + i]));
  const still = deviations.findIndex((each) => !(each > 0));
  if (still >= 0) {
    const detail = `Instrument ${still + 1} has no variance; risk parity gives it no end of weight. Leave it out.`;
    return refuse({ code: 'risk-parity.no-variance', detail });
  }
  const correlation = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      correlation.data[i * n + j] = covariance.data[i * n + j] / (deviations[i] * deviations[j]);
    }
  }
  const solved = newton(correlation, b);
  if (solved.residual > 1e-8) {
    const detail = `No long-only weights were found that share the risk as asked: after ${solved.iterations} steps the shares are ${solved.residual.toExponential(1)} off. Some portfolio seems to have no risk at all; shrink the covariance.`;
    return refuse({ code: 'risk-parity.no-solution', detail });
  }
  const weights = solved.y.map((each, i) => each / deviations[i]);
  const sum = weights.reduce((all, each) => all + each, 0);
  for (let i = 0; i < n; i++) weights[i] /= sum;
  const shares = riskShares(covariance, weights);
  return ok({ weights, shares, iterations: solved.iterations, residual: gap(shares, b) });
}

/** wᵢ (Σw)ᵢ ÷ wᵀΣw, shape [n]; NaN where the portfolio has no variance. */
export function riskShares(covariance: Matrix, weights: Float64Array): Float64Array {
  const marginal = timesVector(covariance, weights);
  const variance = dot(weights, marginal);
  return weights.map((weight, i) => (weight * marginal[i]) / variance);
}

const gap = (found: Float64Array, wanted: Float64Array): number =>
  found.reduce((most, each, i) => Math.max(most, Math.abs(each - wanted[i])), 0);

interface Solved {
  readonly y: Float64Array;
  readonly iterations: number;
  readonly residual: number;
}

function newton(correlation: Matrix, b: Float64Array): Solved {
  const n = b.length;
  const total = correlation.data.reduce((sum, each) => sum + each, 0);
  const start = total > 0 ? 1 / Math.sqrt(total) : 1;
  let y = new Float64Array(n).fill(start);
  const hessian = matrix(n, n);
  // The function is self-concordant once it is divided by the least budget.
  const scale = 1 / Math.sqrt(Math.min(...b));
  let best: Solved = { y, iterations: 0, residual: Number.POSITIVE_INFINITY };
  for (let step = 1; step <= 200; step++) {
    const slope = timesVector(correlation, y);
    const off = y.reduce((most, each, i) => Math.max(most, Math.abs(each * slope[i] - b[i])), 0);
    if (off < best.residual) best = { y: y.slice(), iterations: step - 1, residual: off };
    else if (best.residual < 1e-13) break;
    hessian.data.set(correlation.data);
    for (let i = 0; i < n; i++) {
      hessian.data[i * n + i] += b[i] / (y[i] * y[i]);
      slope[i] -= b[i] / y[i];
    }
    const factor = cholesky(hessian);
    if (!factor) break;
    const move = solveCholesky(factor, slope);
    const decrement = Math.sqrt(Math.max(0, dot(slope, move)));
    const length = scale * decrement > 0.38 ? 1 / (1 + scale * decrement) : 1;
    const next = y.map((each, i) => each - length * move[i]);
    // Rounding at the very end; what was found is as good as it gets.
    if (!next.every((each) => each > 0)) break;
    y = next;
  }
  return best;
}
