/** A stationary autoregressive moving average with innovations of variance 1, as a state-space model. */
export interface ArmaModel {
  /** φ, shape [p], stationary. */
  readonly ar: Float64Array;
  /** θ, shape [q]: x_t = Σ φ_i x_{t−i} + ε_t + Σ θ_i ε_{t−i}. */
  readonly ma: Float64Array;
}

/** What the filter makes of a series. */
export interface ArmaPass {
  /** Σ v_t² ÷ F_t. */
  readonly squares: number;
  /** Σ ln F_t. */
  readonly logs: number;
  /** State at the end given all of the series, shape [r]. */
  readonly state: Float64Array;
  /** Its covariance, in units of the innovations' variance, row-major, shape [r × r]. */
  readonly covariance: Float64Array;
}

/** Size of the state: r = max(p, q + 1). */
const stateSize = ({ ar, ma }: ArmaModel): number => Math.max(ar.length, ma.length + 1);

/** φ and R = (1, θ₁, θ₂, …) of Harvey's form, each filled up to r with zeros. */
export function harveyForm(model: ArmaModel): {
  readonly phi: Float64Array;
  readonly load: Float64Array;
} {
  const r = stateSize(model);
  const phi = new Float64Array(r);
  const load = new Float64Array(r);
  phi.set(model.ar);
  load[0] = 1;
  load.set(model.ma, 1);
  return { phi, load };
}

/**
 * Runs the Kalman filter of an autoregressive moving average over a series, from the stationary
 * distribution: the exact innovations v_t and their variances F_t (in units of that of ε).
 *
 *   α_t = T α_{t−1} + R ε_t,  x_t = α_t,0;  T has φ in its first column and ones above the diagonal
 *
 * Once P has come to rest at R Rᵀ only the recursion of the innovations is left.
 *
 * @param x Series of mean 0, shape [n].
 * @param innovations Where v_t ÷ √F_t go, shape [n]; not kept if not given.
 * @param other A second series to filter alike, shape [n], and where its v_t ÷ √F_t go.
 *
 * Cost: O(n (p + q)) after the first steps, r² each before. Source: Andrew Harvey, Time Series
 * Models, 1993, §4.4; Guy Mélard, A fast algorithm for the exact likelihood of autoregressive–moving
 * average models, 1984 (the switch).
 */
export function armaFilter(
  x: Float64Array,
  model: ArmaModel,
  innovations?: Float64Array,
  other?: { readonly x: Float64Array; readonly innovations: Float64Array },
): ArmaPass {
  const { phi, load } = harveyForm(model);
  const r = phi.length;
  const p = stationaryCovariance(phi, load);
  const a = new Float64Array(r);
  const b = new Float64Array(r);
  const column = new Float64Array(r);
  let squares = 0;
  let logs = 0;
  let resting = false;
  for (let t = 0; t < x.length; t++) {
    if (!resting) resting = isAtRest(p, load, r);
    const f = resting ? 1 : p[0];
    const v = x[t] - a[0];
    squares += (v * v) / f;
    if (!resting) logs += Math.log(f);
    const root = Math.sqrt(f);
    if (innovations) innovations[t] = v / root;
    for (let i = 0; i < r; i++) column[i] = resting ? load[i] : p[i * r] / f;
    correct(a, column, v);
    if (other) {
      const w = other.x[t] - b[0];
      other.innovations[t] = w / root;
      correct(b, column, w);
    }
    if (!resting) {
      for (let i = 0; i < r; i++) {
        for (let j = 0; j < r; j++) p[i * r + j] -= column[i] * column[j] * f;
      }
    }
    if (t === x.length - 1) break;
    advance(a, phi);
    if (other) advance(b, phi);
    if (!resting) advanceCovariance(p, phi, load);
  }
  if (resting) p.fill(0);
  return { squares, logs, state: a, covariance: p };
}

/** a ← a + k v. */
function correct(a: Float64Array, gain: Float64Array, v: number): void {
  for (let i = 0; i < a.length; i++) a[i] += gain[i] * v;
}

/** a ← T a. */
export function advance(a: Float64Array, phi: Float64Array): void {
  const first = a[0];
  const last = a.length - 1;
  for (let i = 0; i < last; i++) a[i] = phi[i] * first + a[i + 1];
  a[last] = phi[last] * first;
}

/** P ← T P Tᵀ + R Rᵀ, in place. */
function advanceCovariance(p: Float64Array, phi: Float64Array, load: Float64Array): void {
  const r = phi.length;
  const top = p[0];
  const first = Float64Array.from({ length: r + 1 }, (_, i) => (i < r ? p[i] : 0));
  for (let i = 0; i < r; i++) {
    for (let j = 0; j < r; j++) {
      const beyond = i + 1 < r && j + 1 < r ? p[(i + 1) * r + j + 1] : 0;
      p[i * r + j] =
        phi[i] * phi[j] * top +
        phi[i] * first[j + 1] +
        phi[j] * first[i + 1] +
        beyond +
        load[i] * load[j];
    }
  }
}

function isAtRest(p: Float64Array, load: Float64Array, r: number): boolean {
  for (let i = 0; i < r; i++) {
    for (let j = i; j < r; j++) {
      if (Math.abs(p[i * r + j] - load[i] * load[j]) > 1e-14) return false;
    }
  }
  return true;
}

/** P = T P Tᵀ + R Rᵀ by doubling: P ← P + A P Aᵀ, A ← A², from A = T. */
function stationaryCovariance(phi: Float64Array, load: Float64Array): Float64Array {
  const r = phi.length;
  let a = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    a[i * r] = phi[i];
    if (i + 1 < r) a[i * r + i + 1] = 1;
  }
  const p = Float64Array.from({ length: r * r }, (_, i) => load[Math.floor(i / r)] * load[i % r]);
  for (let round = 0; round < 60; round++) {
    const ap = product(a, p, r);
    let moved = 0;
    for (let i = 0; i < r; i++) {
      for (let j = 0; j < r; j++) {
        let sum = 0;
        for (let k = 0; k < r; k++) sum += ap[i * r + k] * a[j * r + k];
        p[i * r + j] += sum;
        moved = Math.max(moved, Math.abs(sum));
      }
    }
    if (!(moved > 1e-16 * p[0])) break;
    a = product(a, a, r);
  }
  return p;
}

function product(a: Float64Array, b: Float64Array, r: number): Float64Array<ArrayBuffer> {
  const c = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    for (let k = 0; k < r; k++) {
      const each = a[i * r + k];
      if (each === 0) continue;
      for (let j = 0; j < r; j++) c[i * r + j] += each * b[k * r + j];
    }
  }
  return c;
}
