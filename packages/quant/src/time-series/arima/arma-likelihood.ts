import { type ArmaModel, armaFilter, harveyForm } from './arma-filter.ts';
import { partialAutocorrelations } from './partial-autocorrelations.ts';

/** A second series, and where what the filter makes of it goes. */
export interface Alongside {
  /** Shape [n], as `innovations`. */
  readonly x: Float64Array;
  readonly innovations: Float64Array;
}

/**
 * Σ v_t² ÷ F_t and Σ ln F_t of an autoregressive moving average over a series, as `armaFilter` has
 * them, without the covariance of the state: from the stationary start it changes from step to step by
 * a matrix of rank one,
 *
 *   P_{t+1} − P_t = M w wᵀ,  w ← (T − k Zᵀ ÷ F) w,  k = T P Z
 *
 * so that F, k and w are all there is to carry. Next to a unit root, and where rounding would bring F
 * below the 1 that it cannot be below, it is `armaFilter` that answers.
 *
 * @param x Series of mean 0, shape [n].
 * @param innovations Where v_t ÷ √F_t go, shape [n]; not kept if not given.
 * @param other A second series to filter alike.
 *
 * Cost: O(n r), r = max(p, q + 1). Source: Martin Morf, Gursharan Sidhu and Thomas Kailath, Some new
 * algorithms for recursive estimation in constant, linear, discrete-time systems, 1974; John Pearlman,
 * An algorithm for the exact likelihood of a high-order autoregressive-moving average process, 1980.
 */
export function armaLikelihood(
  x: Float64Array,
  model: ArmaModel,
  innovations?: Float64Array,
  other?: Alongside,
): { readonly squares: number; readonly logs: number } {
  return steps(x, model, innovations, other) ?? armaFilter(x, model, innovations, other);
}

function steps(
  x: Float64Array,
  model: ArmaModel,
  innovations?: Float64Array,
  other?: Alongside,
): { readonly squares: number; readonly logs: number } | null {
  const { phi, load } = harveyForm(model);
  const r = phi.length;
  const start = stationaryColumn(model, phi, load);
  // F comes down from there by differences, which leave of it no more digits than it has.
  if (start === null || !(start[0] < 1e7)) return null;
  const gain = new Float64Array(r);
  for (let i = 0; i < r; i++) gain[i] = phi[i] * start[0] + (i + 1 < r ? start[i + 1] : 0);
  // One entry longer than the state and 0 there, so that the shift needs no end.
  const w = new Float64Array(r + 1);
  w.set(gain);
  const a = new Float64Array(r + 1);
  const b = new Float64Array(r + 1);
  let [f] = start;
  let m = -1 / f;
  let squares = 0;
  let logs = 0;
  let resting = false;
  for (let t = 0; t < x.length; t++) {
    if (!(f > 1 - 1e-9)) return null;
    const v = x[t] - a[0];
    const root = Math.sqrt(f);
    squares += (v * v) / f;
    if (innovations) innovations[t] = v / root;
    shift(a, phi, gain, v / f);
    if (other) {
      const u = other.x[t] - b[0];
      other.innovations[t] = u / root;
      shift(b, phi, gain, u / f);
    }
    if (resting) continue;
    logs += Math.log(f);
    const first = w[0];
    const c = m * first;
    m += (c * c) / f;
    f += first * c;
    const back = first / f;
    let greatest = 0;
    for (let i = 0; i < r; i++) {
      const moved = phi[i] * first + w[i + 1];
      gain[i] += moved * c;
      w[i] = moved - gain[i] * back;
      greatest = Math.max(greatest, Math.abs(w[i]));
    }
    resting = greatest * greatest * -m < 1e-18;
  }
  return Number.isFinite(squares) ? { squares, logs } : null;
}

/** a ← T a + k v ÷ F. */
function shift(a: Float64Array, phi: Float64Array, gain: Float64Array, error: number): void {
  const first = a[0];
  for (let i = 0; i < phi.length; i++) a[i] = phi[i] * first + a[i + 1] + gain[i] * error;
}

/** Covariances of the state with the series in the stationary distribution, shape [r]; null where there is none. */
function stationaryColumn(
  { ar, ma }: ArmaModel,
  phi: Float64Array,
  load: Float64Array,
): Float64Array | null {
  const r = phi.length;
  const q = ma.length;
  const pure = autoregressiveCovariances(ar, r + q + 1);
  if (pure === null) return null;
  const theta = load.subarray(0, q + 1);
  const products = new Float64Array(q + 1);
  for (let d = 0; d <= q; d++) {
    for (let i = 0; i + d <= q; i++) products[d] += theta[i] * theta[i + d];
  }
  const covariances = new Float64Array(r + 1);
  for (let k = 0; k <= r; k++) {
    let sum = products[0] * pure[k];
    for (let d = 1; d <= q; d++) sum += products[d] * (pure[k + d] + pure[Math.abs(k - d)]);
    covariances[k] = sum;
  }
  const impulse = new Float64Array(r);
  for (let k = 0; k < r; k++) {
    impulse[k] = load[k];
    for (let j = 0; j < k; j++) impulse[k] += phi[j] * impulse[k - 1 - j];
  }
  const column = new Float64Array(r);
  column[0] = covariances[0];
  for (let i = 1; i < r; i++) {
    for (let j = i; j < r; j++) {
      column[i] += phi[j] * covariances[1 + j - i] + load[j] * impulse[j - i];
    }
  }
  return column;
}

/**
 * γ₀ … of a stationary autoregression with innovations of variance 1, by the recursion of Levinson and
 * Durbin from its partial autocorrelations: γ_k = r_k v_{k−1} + Σ φ_{k−1,j} γ_{k−j}.
 */
function autoregressiveCovariances(ar: Float64Array, count: number): Float64Array | null {
  const partial = partialAutocorrelations(ar);
  if (partial === null) return null;
  const p = ar.length;
  const covariances = new Float64Array(count);
  let variance = 1;
  for (const each of partial) variance /= 1 - each * each;
  covariances[0] = variance;
  let coefficients = new Float64Array(p);
  for (let k = 1; k < count; k++) {
    let sum = 0;
    for (let j = 1; j <= Math.min(k - 1, p); j++) sum += coefficients[j - 1] * covariances[k - j];
    if (k > p) {
      covariances[k] = sum;
      continue;
    }
    const last = partial[k - 1];
    covariances[k] = sum + last * variance;
    variance *= 1 - last * last;
    const before = coefficients;
    coefficients = Float64Array.from(before);
    for (let j = 0; j < k - 1; j++) coefficients[j] = before[j] - last * before[k - 2 - j];
    coefficients[k - 1] = last;
  }
  return covariances;
}
