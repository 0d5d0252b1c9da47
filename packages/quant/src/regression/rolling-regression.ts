import { cholesky, inverseSpd } from '../linear-algebra/cholesky.ts';
import { leastSquares } from '../linear-algebra/least-squares.ts';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';

/** Regressions of several series on the same columns over a window that moves row by row. */
export interface RollingRegression {
  /** Windows, n − window + 1; the first ends at row window − 1. */
  readonly windows: number;
  /** Constant first; shape [windows × (k + 1) × m]: β_j of series s in window t is at (t·(k + 1) + j)·m + s. */
  readonly coefficients: Float64Array;
  /** Shape [windows × m]; NaN where the series does not vary. */
  readonly r2: Float64Array;
  /** Windows in which columns depend on one another; their numbers are NaN. */
  readonly dependent: readonly number[];
}

/**
 * Least squares of m series on a constant and k columns in every window of given length, by adding
 * the row that enters to XᵀX and Xᵀy and taking off the row that leaves. Columns and series are
 * first brought to mean 0, columns also to deviation 1 over the whole sample, so that the products
 * lose few digits; they are computed afresh every `window` rows and where something large has just
 * left, so that rounding does not grow. A window in which XᵀX is nearly singular is solved by QR instead.
 *
 * @param x row-major [n × k], finite, without a constant.
 * @param y row-major [n × m], finite.
 * @param window rows a window, k + 2 ≤ window ≤ n. Throws where it is not.
 *
 * Cost n (k² + k³ + m (k² + 4 k)), a dozen operations a series and window for few columns, against
 * window·k² for each on its own. Agrees with QR of each window to about 1e-12 of
 * the size of the whole sample.
 *
 * **Source:** definition; updating as in Golub and Van Loan, Matrix Computations, 4th ed. 2013, §6.5.
 */
export function rollingRegression(x: Matrix, y: Matrix, window: number): RollingRegression {
  const { rows: n, columns: k } = x;
  const m = y.columns;
  if (y.rows !== n || !(window >= k + 2) || window > n) {
    throw new RangeError(
      `A window of ${window} does not fit ${n} rows of ${k} columns and ${y.rows} rows of series; it needs ${k + 2} to ${n}.`,
    );
  }
  const design = scaledDesign(x);
  const series = centredColumns(y);
  const state = new Sums(design.rows, series.values, { k: k + 1, m, window });
  const windows = n - window + 1;
  const coefficients = new Float64Array(windows * (k + 1) * m);
  const r2 = new Float64Array(windows * m);
  const dependent: number[] = [];
  for (let t = 0; t < windows; t++) {
    if (t % window === 0) state.afresh(t);
    else state.move(t);
    const out = { coefficients, r2, t };
    const inverse = state.inverse(t);
    if (inverse) state.solve(inverse, design, series.means, out);
    else if (!solveByQr({ x, y, window }, out)) {
      dependent.push(t);
      coefficients.fill(Number.NaN, t * (k + 1) * m, (t + 1) * (k + 1) * m);
      r2.fill(Number.NaN, t * m, (t + 1) * m);
    }
  }
  return { windows, coefficients, r2, dependent };
}

interface ScaledDesign {
  /** 1, then (x − μ) ÷ σ; row-major [n × (k + 1)]. */
  readonly rows: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

function scaledDesign({ rows: n, columns: k, data }: Matrix): ScaledDesign {
  const { values, means } = centredColumns({ rows: n, columns: k, data });
  const deviations = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) deviations[j] += values[i * k + j] ** 2 / n;
  }
  for (let j = 0; j < k; j++) deviations[j] = Math.sqrt(deviations[j]) || 1;
  const rows = new Float64Array(n * (k + 1));
  for (let i = 0; i < n; i++) {
    rows[i * (k + 1)] = 1;
    for (let j = 0; j < k; j++) rows[i * (k + 1) + j + 1] = values[i * k + j] / deviations[j];
  }
  return { rows, means, deviations };
}

function centredColumns({ rows: n, columns: k, data }: Matrix): {
  readonly values: Float64Array;
  readonly means: Float64Array;
} {
  const means = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) means[j] += (data[i * k + j] - data[j]) / n;
  }
  for (let j = 0; j < k; j++) means[j] += data[j];
  return { values: data.map((each, at) => each - means[at % k]), means };
}

interface SumsShape {
  /** Columns, the constant among them. */
  readonly k: number;
  /** Series. */
  readonly m: number;
  readonly window: number;
}

/** XᵀX, Xᵀy and Σ y² of the window, kept by what enters and leaves. */
class Sums {
  readonly #gram: Matrix;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #shape: SumsShape;
  /** Xᵀy, shape [k × m]. */
  readonly #xy: Float64Array;
  readonly #squares: Float64Array;
  /** The largest of diag XᵀX and of Σ y² since they were computed afresh: what rounding is relative to. */
  readonly #largestGram: Float64Array;
  readonly #largestSquares: Float64Array;

  constructor(x: Float64Array, y: Float64Array, shape: SumsShape) {
    const { k, m } = shape;
    this.#gram = matrix(k, k);
    this.#x = x;
    this.#y = y;
    this.#shape = shape;
    this.#xy = new Float64Array(k * m);
    this.#squares = new Float64Array(m);
    this.#largestGram = new Float64Array(k);
    this.#largestSquares = new Float64Array(m);
  }

  /** Computes all of window t. */
  afresh(t: number): void {
    const { m, k, window } = this.#shape;
    this.#gramAfresh(t);
    this.#xy.fill(0);
    this.#squares.fill(0);
    for (let row = t; row < t + window; row++) {
      for (let a = 0; a < k; a++) {
        const left = this.#x[row * k + a];
        for (let s = 0; s < m; s++) this.#xy[a * m + s] += left * this.#y[row * m + s];
      }
      for (let s = 0; s < m; s++) this.#squares[s] += this.#y[row * m + s] ** 2;
    }
    this.#largestSquares.set(this.#squares);
  }

  /** From window t − 1 to window t. */
  move(t: number): void {
    const { k, m, window } = this.#shape;
    const x = this.#x;
    const y = this.#y;
    const xy = this.#xy;
    const squares = this.#squares;
    const largest = this.#largestSquares;
    const g = this.#gram.data;
    const leaves = t - 1;
    const enters = t + window - 1;
    for (let a = 0; a < k; a++) {
      const added = x[enters * k + a];
      const gone = x[leaves * k + a];
      for (let b = 0; b < k; b++) {
        g[a * k + b] += added * x[enters * k + b] - gone * x[leaves * k + b];
      }
      this.#largestGram[a] = Math.max(this.#largestGram[a], g[a * k + a]);
      const to = a * m;
      for (let s = 0; s < m; s++)
        xy[to + s] += added * y[enters * m + s] - gone * y[leaves * m + s];
    }
    for (let s = 0; s < m; s++) {
      const added = y[enters * m + s];
      const gone = y[leaves * m + s];
      squares[s] += (added - gone) * (added + gone);
      if (squares[s] > largest[s]) largest[s] = squares[s];
    }
  }

  /** (XᵀX)⁻¹ of window t; null where it is too near singular to be had from products. */
  inverse(t: number): Matrix | null {
    const { k } = this.#shape;
    const clean = (l: Matrix | null): boolean =>
      l !== null && this.#largestGram.every((each, j) => l.data[j * k + j] ** 2 > 1e-4 * each);
    let l = cholesky(this.#gram);
    if (!clean(l)) {
      this.#gramAfresh(t);
      l = cholesky(this.#gram);
    }
    if (!l) return null;
    for (let j = 0; j < k; j++) {
      const at = j * k + j;
      if (l.data[at] * l.data[at] < 1e-6 * this.#gram.data[at]) return null;
    }
    return inverseSpd(this.#gram);
  }

  /**
   * β = (XᵀX)⁻¹ Xᵀy and R² of window t, for columns as they were given: β = β' ÷ σ and
   * α = ȳ + α' − Σ β μ. The explained sum of squares is Σ β' (Xᵀy − the column's mean × Σ y). One long
   * loop nest along memory.
   */
  solve(
    inverse: Matrix,
    { means: centres, deviations }: ScaledDesign,
    seriesMeans: Float64Array,
    { coefficients: out, r2, t }: Written,
  ): void {
    const { k, m, window } = this.#shape;
    const xy = this.#xy;
    const squares = this.#squares;
    const first = t * k * m;
    const fit = t * m;
    for (let s = 0; s < m; s++) {
      // The first column is 1, so the first of Xᵀy is Σ y.
      const total = squares[s] - (xy[s] * xy[s]) / window;
      if (total < 1e-6 * this.#largestSquares[s]) this.#seriesAfresh(t, s);
    }
    const row = new Float64Array(k);
    for (let a = 1; a < k; a++) {
      const to = first + a * m;
      for (let b = 0; b < k; b++) row[b] = inverse.data[a * k + b] / deviations[a - 1];
      weighRows(xy, row, { out, to, m });
      const mean = this.#gram.data[a] / window;
      const scale = deviations[a - 1];
      for (let s = 0; s < m; s++) {
        r2[fit + s] += scale * out[to + s] * (xy[a * m + s] - mean * xy[s]);
      }
    }
    for (let b = 0; b < k; b++) {
      row[b] = inverse.data[b];
      for (let a = 1; a < k; a++) {
        row[b] -= (inverse.data[a * k + b] * centres[a - 1]) / deviations[a - 1];
      }
    }
    weighRows(xy, row, { out, to: first, m });
    for (let s = 0; s < m; s++) {
      out[first + s] += seriesMeans[s];
      const total = squares[s] - (xy[s] * xy[s]) / window;
      const varies = total > 1e-14 * squares[s];
      r2[fit + s] = varies ? Math.min(1, Math.max(0, r2[fit + s] / total)) : Number.NaN;
    }
  }

  #gramAfresh(t: number): void {
    const { k, window } = this.#shape;
    const g = this.#gram.data;
    g.fill(0);
    for (let row = t; row < t + window; row++) {
      for (let a = 0; a < k; a++) {
        for (let b = 0; b < k; b++) g[a * k + b] += this.#x[row * k + a] * this.#x[row * k + b];
      }
    }
    for (let a = 0; a < k; a++) this.#largestGram[a] = g[a * k + a];
  }

  #seriesAfresh(t: number, s: number): void {
    const { k, m, window } = this.#shape;
    let squares = 0;
    for (let a = 0; a < k; a++) {
      let sum = 0;
      for (let row = t; row < t + window; row++) sum += this.#x[row * k + a] * this.#y[row * m + s];
      this.#xy[a * m + s] = sum;
    }
    for (let row = t; row < t + window; row++) squares += this.#y[row * m + s] ** 2;
    this.#squares[s] = squares;
    this.#largestSquares[s] = squares;
  }
}

/** Where the numbers of window t go. */
interface Written {
  readonly coefficients: Float64Array;
  readonly r2: Float64Array;
  readonly t: number;
}

/** out[to + s] = Σ_b row[b] · rows[b·m + s], four rows at a time so that out is written seldom. */
function weighRows(
  rows: Float64Array,
  row: Float64Array,
  { out, to, m }: { readonly out: Float64Array; readonly to: number; readonly m: number },
): void {
  const k = row.length;
  // Rows beyond the last count for nothing: row 0 is taken again with a factor of 0.
  for (let b = 0; b < k; b += 4) {
    const [f0, f1, f2, f3] = [row[b], row[b + 1] ?? 0, row[b + 2] ?? 0, row[b + 3] ?? 0];
    const [r0, r1, r2, r3] = [0, 1, 2, 3].map((each) => (b + each < k ? (b + each) * m : 0));
    if (b === 0) {
      for (let s = 0; s < m; s++) {
        out[to + s] = f0 * rows[r0 + s] + f1 * rows[r1 + s] + f2 * rows[r2 + s] + f3 * rows[r3 + s];
      }
    } else {
      for (let s = 0; s < m; s++) {
        out[to + s] +=
          f0 * rows[r0 + s] + f1 * rows[r1 + s] + f2 * rows[r2 + s] + f3 * rows[r3 + s];
      }
    }
  }
}

interface GivenRows {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly window: number;
}

/** The window on its own; false where its columns depend on one another. */
function solveByQr({ x, y, window }: GivenRows, { coefficients, r2, t }: Written): boolean {
  const k = x.columns + 1;
  const m = y.columns;
  const design = matrix(window, k);
  for (let i = 0; i < window; i++) {
    design.data[i * k] = 1;
    design.data.set(x.data.subarray((t + i) * (k - 1), (t + i + 1) * (k - 1)), i * k + 1);
  }
  const one = new Float64Array(window);
  for (let s = 0; s < m; s++) {
    let mean = 0;
    for (let i = 0; i < window; i++) {
      one[i] = y.data[(t + i) * m + s];
      mean += one[i] / window;
    }
    const { x: found, rank, residual } = leastSquares(design, one);
    if (rank < k) return false;
    for (let j = 0; j < k; j++) coefficients[(t * k + j) * m + s] = found[j];
    let total = 0;
    for (let i = 0; i < window; i++) total += (one[i] - mean) ** 2;
    r2[t * m + s] = total > 0 ? 1 - residual / total : Number.NaN;
  }
  return true;
}
