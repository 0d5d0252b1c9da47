import { ok, type Result, refuse } from '@plimsoll/kernel';
import { cholesky, dot, type Matrix, matrix, solveCholesky } from '@plimsoll/quant/linear-algebra';

/** A view on probabilities: the expectation of a quantity over the scenarios. */
export interface ExpectationView {
  /** The quantity in each scenario, shape [T]. */
  readonly quantity: Float64Array;
  /** `=`: E[quantity] = target; `≥` and `≤` likewise. */
  readonly sense: '=' | '≥' | '≤';
  readonly target: number;
  /** For refusals, as a person would say it. */
  readonly name: string;
}

export interface Pooled {
  /** Of the scenarios, above 0, sum 1, shape [T]. */
  readonly probabilities: Float64Array;
  /** λ of each view in q ∝ p exp(−Σ λₖ fₖ); 0 where a one-sided view does not bind, shape [views]. */
  readonly multipliers: Float64Array;
  /** Relative entropy Σ q ln(q ÷ p): how far the views have moved the probabilities. */
  readonly divergence: number;
  /** exp(−Σ q ln q): how many scenarios of equal weight would be as spread; at most T. */
  readonly effectiveScenarios: number;
  /** Greatest violation of a view, in standard deviations of its quantity under the prior. */
  readonly residual: number;
}

/**
 * Probabilities of scenarios that meet views on expectations and are otherwise as near to the prior
 * as can be:
 *
 *   minimise Σ qₜ ln(qₜ ÷ pₜ)   subject to   E_q[fₖ] = vₖ (or ≥, ≤),   Σ q = 1
 *   dual: minimise over λ   ln Σ pₜ exp(−Σ λₖ fₖ(t)) + Σ λₖ vₖ,   λₖ ≥ 0 for ≤, ≤ 0 for ≥
 *
 * by Newton on the dual, whose Hessian is the covariance of the quantities under q; one-sided views
 * that would get the wrong sign are left out of a step.
 *
 * @param prior Above 0, sum 1, shape [T].
 * @returns Without views, the prior. Refused where no probabilities meet the views, naming the view
 *   that is out of reach by itself if there is one.
 *
 * Cost: views² × T a step, about ten steps.
 *
 * **Source:** A. Meucci, "Fully Flexible Views: Theory and Practice" (2008).
 */
export function entropyPooling(
  prior: Float64Array,
  views: readonly ExpectationView[],
): Result<Pooled> {
  for (const { quantity, sense, target, name } of views) {
    const least = quantity.reduce((low, each) => Math.min(low, each), Number.POSITIVE_INFINITY);
    const most = quantity.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
    const reached =
      (sense === '≤' || target < most || (target === most && least === most)) &&
      (sense === '≥' || target > least || (target === least && least === most));
    if (!reached) {
      const detail = `No probabilities meet the view ${name}: over the scenarios it lies between ${least} and ${most}.`;
      return refuse({ code: 'entropy-pooling.out-of-reach', detail });
    }
  }
  const scaled = standardised(prior, views);
  const found = newton(prior, views, scaled);
  if (found.residual > 1e-7) {
    const detail = `No probabilities were found that meet the views together (${views.map(({ name }) => name).join('; ')}); one of them contradicts another.`;
    return refuse({ code: 'entropy-pooling.contradiction', detail });
  }
  const q = found.q;
  let divergence = 0;
  let entropy = 0;
  for (let t = 0; t < q.length; t++) {
    if (q[t] === 0) continue;
    divergence += q[t] * Math.log(q[t] / prior[t]);
    entropy -= q[t] * Math.log(q[t]);
  }
  return ok({
    probabilities: q,
    multipliers: found.lambda.map((each, k) => each / scaled.deviations[k]),
    divergence: Math.max(0, divergence),
    effectiveScenarios: Math.exp(entropy),
    residual: found.residual,
  });
}

interface Standardised {
  /** (f − v) ÷ s, shape [views × T]. */
  readonly f: Matrix;
  /** s of each quantity under the prior; 1 where it does not vary. */
  readonly deviations: Float64Array;
}

function standardised(prior: Float64Array, views: readonly ExpectationView[]): Standardised {
  const T = prior.length;
  const f = matrix(views.length, T);
  const deviations = new Float64Array(views.length);
  views.forEach(({ quantity, target }, k) => {
    const mean = dot(prior, quantity);
    const square = quantity.reduce((sum, each, t) => sum + prior[t] * (each - mean) ** 2, 0);
    deviations[k] = Math.sqrt(square) || 1;
    for (let t = 0; t < T; t++) f.data[k * T + t] = (quantity[t] - target) / deviations[k];
  });
  return { f, deviations };
}

interface Found {
  readonly q: Float64Array;
  readonly lambda: Float64Array;
  readonly residual: number;
}

function newton(
  prior: Float64Array,
  views: readonly ExpectationView[],
  { f }: Standardised,
): Found {
  const K = views.length;
  let lambda = new Float64Array(K);
  let at = tilt(prior, f, lambda);
  const allowed = (k: number, value: number): number =>
    views[k].sense === '='
      ? value
      : views[k].sense === '≤'
        ? Math.max(0, value)
        : Math.min(0, value);
  // No divergence is greater than this; where the dual promises more, no probabilities meet the views.
  const most = -Math.log(prior.reduce((least, each) => Math.min(least, each), 1)) + 1e-9;
  for (let step = 0; step < 300 && -at.value <= most; step++) {
    // A one-sided view takes part if it binds or would have to.
    const free = [...views.keys()].filter((k) => lambda[k] !== 0 || allowed(k, at.means[k]) !== 0);
    if (free.length === 0) break;
    const move = stepOf(at, f, free);
    let length = 1;
    let moved = false;
    for (; length > 1e-10; length /= 2) {
      const next = lambda.slice();
      free.forEach((k, i) => {
        next[k] = allowed(k, lambda[k] + length * move[i]);
      });
      const there = tilt(prior, f, next);
      const slope = next.reduce((sum, each, k) => sum - at.means[k] * (each - lambda[k]), 0);
      if (there.value <= at.value + 1e-4 * slope && there.value < at.value) {
        lambda = next;
        at = there;
        moved = true;
        break;
      }
    }
    if (!moved) {
      // The value has no more digits; one more full step sharpens the multipliers.
      const next = lambda.slice();
      free.forEach((k, i) => {
        next[k] = allowed(k, lambda[k] + move[i]);
      });
      const there = tilt(prior, f, next);
      if (residualOf(views, there.means) < 0.5 * residualOf(views, at.means)) {
        lambda = next;
        at = there;
        continue;
      }
      break;
    }
  }
  return { q: at.q, lambda, residual: residualOf(views, at.means) };
}

const residualOf = (views: readonly ExpectationView[], means: Float64Array): number =>
  views.reduce((most, { sense }, k) => {
    const off = sense === '=' ? Math.abs(means[k]) : sense === '≤' ? means[k] : -means[k];
    return Math.max(most, off);
  }, 0);

interface Tilted {
  readonly q: Float64Array;
  /** E_q of each standardised quantity: minus the slope of the dual. */
  readonly means: Float64Array;
  /** ln Σ p exp(−λᵀf). */
  readonly value: number;
}

function tilt(prior: Float64Array, { rows: K, data }: Matrix, lambda: Float64Array): Tilted {
  const T = prior.length;
  const q = new Float64Array(T);
  for (let k = 0; k < K; k++) {
    if (lambda[k] === 0) continue;
    for (let t = 0; t < T; t++) q[t] -= lambda[k] * data[k * T + t];
  }
  const most = q.reduce((high, each) => Math.max(high, each), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let t = 0; t < T; t++) {
    q[t] = prior[t] * Math.exp(q[t] - most);
    sum += q[t];
  }
  for (let t = 0; t < T; t++) q[t] /= sum;
  const means = new Float64Array(K);
  for (let k = 0; k < K; k++) {
    for (let t = 0; t < T; t++) means[k] += q[t] * data[k * T + t];
  }
  return { q, means, value: most + Math.log(sum) };
}

/** The Newton step in the free multipliers; a ridge of rounding size keeps repeated views solvable. */
function stepOf({ q, means }: Tilted, { data }: Matrix, free: readonly number[]): Float64Array {
  const T = q.length;
  const m = free.length;
  const hessian = matrix(m, m);
  free.forEach((a, i) => {
    free.slice(0, i + 1).forEach((b, j) => {
      let sum = 0;
      for (let t = 0; t < T; t++) {
        sum += q[t] * (data[a * T + t] - means[a]) * (data[b * T + t] - means[b]);
      }
      hessian.data[i * m + j] = sum;
      hessian.data[j * m + i] = sum;
    });
  });
  const slope = Float64Array.from(free, (k) => means[k]);
  for (let ridge = 1e-14; ; ridge *= 100) {
    for (let i = 0; i < m; i++) hessian.data[i * m + i] += ridge * (1 + hessian.data[i * m + i]);
    const factor = cholesky(hessian);
    if (factor) return solveCholesky(factor, slope);
  }
}
