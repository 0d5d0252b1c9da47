import { leastSquares } from '../../linear-algebra/index.ts';
import { partialAutocorrelations } from './partial-autocorrelations.ts';
import { yuleWalker } from './yule-walker.ts';

/**
 * A first guess of an ARMA(p, q), in the coordinates of the search (r ÷ √(1 − r²) of the partial
 * autocorrelations r of φ and of −θ): shocks are estimated by a long autoregression, and the series
 * regressed on its own lags and theirs. What comes out not stationary or not invertible is drawn
 * back inside.
 *
 * Source: Edward Hannan and Jorma Rissanen, Recursive estimation of mixed autoregressive-moving
 * average order, 1982.
 */
export function firstGuess(w: Float64Array, p: number, q: number): Float64Array {
  const n = w.length;
  const mean = w.reduce((sum, each) => sum + each / n, 0);
  const x = w.map((each) => each - mean);
  const long = q === 0 ? 0 : Math.min(Math.ceil(Math.log(n) ** 1.5) + p + q, Math.floor(n / 4));
  const shocks = new Float64Array(n);
  if (long > 0) {
    const { ar } = yuleWalker(x, long);
    for (let t = long; t < n; t++) {
      let sum = x[t];
      for (let i = 0; i < long; i++) sum -= ar[i] * x[t - 1 - i];
      shocks[t] = sum;
    }
  }
  const from = Math.max(p, long + q);
  const rows = n - from;
  const k = p + q;
  if (rows <= k || k === 0) return new Float64Array(k);
  const design = new Float64Array(rows * k);
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < p; i++) design[t * k + i] = x[from + t - 1 - i];
    for (let i = 0; i < q; i++) design[t * k + p + i] = shocks[from + t - 1 - i];
  }
  const { x: found } = leastSquares({ rows, columns: k, data: design }, x.slice(from));
  return Float64Array.of(
    ...coordinates(found.slice(0, p)),
    ...coordinates(found.slice(p).map((each) => -each)),
  );
}

/** Shrinks coefficients geometrically, which moves all roots outwards, until they are well inside. */
function coordinates(phi: Float64Array): Float64Array {
  for (let shrink = 1; shrink > 1e-3; shrink *= 0.9) {
    const r = partialAutocorrelations(phi.map((each, i) => each * shrink ** (i + 1)));
    if (r?.every((each) => Math.abs(each) < 0.98)) {
      return r.map((each) => each / Math.sqrt(1 - each * each));
    }
  }
  return new Float64Array(phi.length);
}
