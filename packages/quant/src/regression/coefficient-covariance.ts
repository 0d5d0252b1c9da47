import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { gram, multiply } from '../linear-algebra/products.ts';

/** The usual lag of Newey–West errors, ⌊4 (n ÷ 100)^(2/9)⌋, below n. Source: Newey and West, 1994. */
export const neweyWestLag = (n: number): number =>
  Math.max(0, Math.min(n - 1, Math.floor(4 * (n / 100) ** (2 / 9))));

/** s² (XᵀX)⁻¹ with s² = Σ e² ÷ (n − k). */
export function classicCovariance(x: Matrix, residuals: Float64Array, inverseGram: Matrix): Matrix {
  let sum = 0;
  for (const each of residuals) sum += each * each;
  const scale = sum / (x.rows - x.columns);
  return matrix(
    x.columns,
    x.columns,
    inverseGram.data.map((each) => each * scale),
  );
}

/** HC0 to HC3, see `ordinaryLeastSquares`. An observation that alone fits its own column adds nothing. */
export function white(
  x: Matrix,
  residuals: Float64Array,
  inverseGram: Matrix,
  variant: 0 | 1 | 2 | 3,
): Matrix {
  const { rows: n, columns: k, data } = x;
  const scores = matrix(n, k);
  for (let i = 0; i < n; i++) {
    const rest = variant >= 2 ? 1 - leverage(data, i, inverseGram) : 1;
    const scale = rest < 1e-12 ? 0 : variant === 2 ? 1 / Math.sqrt(rest) : 1 / rest;
    for (let j = 0; j < k; j++) scores.data[i * k + j] = data[i * k + j] * residuals[i] * scale;
  }
  return sandwich(gram(scores), inverseGram, variant === 1 ? n / (n - k) : 1);
}

/** Newey–West, see `ordinaryLeastSquares`. */
export function neweyWest(
  x: Matrix,
  residuals: Float64Array,
  inverseGram: Matrix,
  { lags, smallSample }: { readonly lags: number; readonly smallSample: boolean },
): Matrix {
  const { rows: n, columns: k, data } = x;
  const scores = matrix(n, k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) scores.data[i * k + j] = data[i * k + j] * residuals[i];
  }
  const meat = longRunSum(scores, lags);
  return sandwich(meat, inverseGram, smallSample ? n / (n - k) : 1);
}

/**
 * Sum of autocovariances with Bartlett's weights, not divided by n:
 * Γ₀ + Σ over l ≤ L of (1 − l ÷ (L + 1))(Γ_l + Γ_lᵀ), Γ_l = Σ uₜ uₜ₋ₗᵀ.
 *
 * Taken as C + Cᵀ of C = Σₜ uₜ (½ uₜ + vₜ)ᵀ, where v is the weighted sum of the L rows before t, kept
 * by vₜ₊₁ = vₜ + (L uₜ − aₜ) ÷ (L + 1) with a the plain sum of those rows. Cost n·k², whatever the lag.
 *
 * @param scores u, row-major [n × k], taken as they are: take means off first where they have any.
 * @param lags L ≥ 0.
 */
export function longRunSum(scores: Matrix, lags: number): Matrix {
  const { rows: n, columns: k, data } = scores;
  const half = matrix(k, k);
  const plain = new Float64Array(k);
  const weighted = new Float64Array(k);
  const share = 1 / (lags + 1);
  for (let t = 0; t < n; t++) {
    const row = t * k;
    for (let a = 0; a < k; a++) {
      const u = data[row + a];
      for (let b = 0; b < k; b++) half.data[a * k + b] += u * (0.5 * data[row + b] + weighted[b]);
    }
    if (lags === 0) continue;
    const gone = row - lags * k;
    for (let b = 0; b < k; b++) {
      weighted[b] += share * (lags * data[row + b] - plain[b]);
      plain[b] += data[row + b] - (gone >= 0 ? data[gone + b] : 0);
    }
  }
  const sum = matrix(k, k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) sum.data[a * k + b] = half.data[a * k + b] + half.data[b * k + a];
  }
  return sum;
}

const sandwich = (meat: Matrix, bread: Matrix, scale: number): Matrix => {
  const made = multiply(multiply(bread, meat), bread);
  return matrix(
    made.rows,
    made.columns,
    made.data.map((each) => each * scale),
  );
};

/** hᵢ = xᵢᵀ (XᵀX)⁻¹ xᵢ. */
function leverage(data: Float64Array, i: number, { columns: k, data: inverse }: Matrix): number {
  let sum = 0;
  for (let a = 0; a < k; a++) {
    let row = 0;
    for (let b = 0; b < k; b++) row += inverse[a * k + b] * data[i * k + b];
    sum += data[i * k + a] * row;
  }
  return sum;
}
