/**
 * The coefficients φ of the stationary autoregression with given partial autocorrelations, each in
 * (−1, 1): φ_k,k = r_k and φ_k,j = φ_{k−1,j} − r_k φ_{k−1,k−j}, for k = 1 … p. Every stationary φ has
 * exactly one such r.
 *
 * @param r Shape [p].
 * @returns φ, shape [p].
 *
 * Cost: O(p²). Source: Ole Barndorff-Nielsen and Geert Schou, On the parametrization of
 * autoregressive models by partial autocorrelations, 1973; John Monahan, A note on enforcing
 * stationarity in autoregressive-moving average models, 1984.
 */
export function fromPartialAutocorrelations(r: Float64Array): Float64Array {
  const phi = Float64Array.from(r);
  for (let k = 1; k < r.length; k++) {
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const a = phi[i];
      const b = phi[j];
      phi[i] = a - r[k] * b;
      phi[j] = b - r[k] * a;
    }
  }
  return phi;
}

/**
 * The inverse of `fromPartialAutocorrelations`: the partial autocorrelations of an autoregression,
 * or null where it is not stationary, which is where one of them is not in (−1, 1).
 *
 * @param phi φ, shape [p].
 */
export function partialAutocorrelations(phi: Float64Array): Float64Array | null {
  const r = Float64Array.from(phi);
  for (let k = r.length - 1; k >= 0; k--) {
    const last = r[k];
    if (!(Math.abs(last) < 1)) return null;
    for (let i = 0, j = k - 1; i <= j; i++, j--) {
      const a = r[i];
      const b = r[j];
      r[i] = (a + last * b) / (1 - last * last);
      r[j] = (b + last * a) / (1 - last * last);
    }
  }
  return r;
}
