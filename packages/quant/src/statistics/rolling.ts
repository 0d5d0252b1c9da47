/**
 * Sums over a window that slides by one value at a time. Each step adds the value that comes and takes
 * off the one that goes, which is fast but keeps the rounding of every value that ever passed. So each
 * window is summed afresh once in so many steps, whenever its spread falls far below what it was (a large
 * value has just left), and known exactly where all its values are alike.
 */

/** A spread below this share of the greatest since the last fresh sum has lost three digits: sum afresh. */
const lostDigits = 1e-3;

/** Mean and squares about it of every window; place i is of the values i … i + window − 1. */
export interface RollingMoments {
  /** Shape [n − window + 1]. */
  readonly mean: Float64Array;
  /** Σ (x − x̄)², shape [n − window + 1], ≥ 0; exactly 0 where a window's values are all alike. */
  readonly squares: Float64Array;
}

/**
 * Means and sums of squares about the mean of all windows.
 *
 * @param x Shape [n], without NaN.
 * @param window From 1 to n.
 * @returns empty where the window does not fit. Cost about 2 n, whatever the window.
 *
 * **Source:** B. P. Welford, Note on a method for calculating corrected sums of squares and products, 1962.
 */
export function rollingMoments(x: Float64Array, window: number): RollingMoments {
  const places = Math.max(0, x.length - window + 1);
  const mean = new Float64Array(places);
  const squares = new Float64Array(places);
  let m = 0;
  let s = 0;
  let peak = 0;
  let fresh = 0;
  let alike = runAtEnd(x, Math.min(window, x.length));
  for (let i = 0; i < places; i++) {
    const last = i + window - 1;
    if (i > 0) {
      const coming = x[last];
      const going = x[i - 1];
      alike = coming === x[last - 1] ? alike + 1 : 1;
      const before = m;
      m += (coming - going) / window;
      s += (coming - going) * (coming - m + (going - before));
      fresh--;
      if (s > peak) peak = s;
    }
    if (alike >= window) {
      m = x[last];
      s = 0;
    } else if (fresh <= 0 || s < peak * lostDigits) {
      m = meanOf(x, i, window);
      s = productsAbout(x, x, i, window, m, m);
      peak = s;
      fresh = window;
    }
    mean[i] = m;
    squares[i] = s;
  }
  return { mean, squares };
}

/** Sums of products about the means of every window; places as in `RollingMoments`. */
export interface RollingCoMoments {
  /** Σ (x − x̄)², Σ (x − x̄)(y − ȳ), Σ (y − ȳ)², each shape [n − window + 1]. */
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly yy: Float64Array;
}

/**
 * What slopes and correlations of all windows are made of.
 *
 * @param x Shape [n], without NaN.
 * @param y Shape [n], without NaN.
 * @param window From 1 to n.
 * @param ofX Those of x, where they are had already.
 * @param ofY Those of y, where they are had already.
 * @returns empty where the window does not fit. Cost about 6 n, whatever the window.
 *
 * **Source:** B. P. Welford, Note on a method for calculating corrected sums of squares and products, 1962.
 */
export function rollingCoMoments(
  x: Float64Array,
  y: Float64Array,
  window: number,
  ofX: RollingMoments = rollingMoments(x, window),
  ofY: RollingMoments = rollingMoments(y, window),
): RollingCoMoments {
  const places = ofX.mean.length;
  const xy = new Float64Array(places);
  let s = 0;
  let peak = 0;
  let fresh = 0;
  for (let i = 0; i < places; i++) {
    const scale = Math.sqrt(ofX.squares[i] * ofY.squares[i]);
    if (i > 0) {
      const last = i + window - 1;
      // (y − ȳ) and (x − x̄) of what comes by the new mean of one and the old of the other: exact.
      s +=
        (x[last] - ofX.mean[i]) * (y[last] - ofY.mean[i - 1]) -
        (x[i - 1] - ofX.mean[i]) * (y[i - 1] - ofY.mean[i - 1]);
      fresh--;
    }
    if (scale > peak) peak = scale;
    if (scale === 0) s = 0;
    if (fresh <= 0 || scale < peak * lostDigits) {
      s = productsAbout(x, y, i, window, ofX.mean[i], ofY.mean[i]);
      peak = scale;
      fresh = window;
    }
    xy[i] = s;
  }
  return { xx: ofX.squares, xy, yy: ofY.squares };
}

/** Columns summed side by side, so that their sums stay in the fastest memory. */
const together = 512;
/** Steps after which sums of a panel are taken afresh. */
const afresh = 256;

/**
 * Slopes of many columns over one x, for every window: Σ (x − x̄)(y − ȳ) ÷ Σ (x − x̄)².
 *
 * @param y Columns side by side, row-major, shape [n × columns], without NaN.
 * @param columns How many.
 * @param x Shape [n], without NaN.
 * @param window From 2 to n.
 * @param out Where given, receives the slopes and is returned, shape [(n − window + 1) × columns].
 * @returns row-major, shape [(n − window + 1) × columns]; NaN where x does not vary within a window.
 * Cost about 6 operations a value, whatever the window.
 *
 * **Source:** W. F. Sharpe, Capital asset prices, 1964, of which beta is such a slope.
 */
export function rollingSlopes(
  y: Float64Array,
  columns: number,
  x: Float64Array,
  window: number,
  out?: Float64Array,
): Float64Array {
  const n = x.length;
  const places = Math.max(0, n - window + 1);
  const slopes = out ?? new Float64Array(places * columns);
  const { mean, squares } = rollingMoments(x, window);
  const sumY = new Float64Array(together);
  const sumXY = new Float64Array(together);
  for (let from = 0; from < columns; from += together) {
    const width = Math.min(columns - from, together);
    // Products are taken about the mean of the window last summed afresh: x stays small beside them.
    let about = 0;
    for (let i = 0; i < places; i++) {
      const isFresh = i % afresh === 0;
      const last = i + window - 1;
      if (isFresh) {
        about = mean[i];
        sumY.fill(0);
        sumXY.fill(0);
        for (let t = i; t < last; t++) {
          addRow(y.subarray(t * columns + from), width, x[t] - about, sumY, sumXY);
        }
      }
      const one = squares[i] > 0 ? 1 / squares[i] : Number.NaN;
      const offset = mean[i] - about;
      const base = i * columns + from;
      const coming = last * columns + from;
      // Just after a fresh sum nothing has left: what goes then is taken off with weight zero.
      const going = isFresh ? coming : (i - 1) * columns + from;
      const kept = isFresh ? 0 : 1;
      const xComing = x[last] - about;
      const xGoing = isFresh ? 0 : x[i - 1] - about;
      for (let j = 0; j < width; j++) {
        const a = y[coming + j];
        const b = y[going + j];
        const sy = sumY[j] + (a - kept * b);
        const sxy = sumXY[j] + (xComing * a - xGoing * b);
        sumY[j] = sy;
        sumXY[j] = sxy;
        slopes[base + j] = (sxy - offset * sy) * one;
      }
    }
  }
  return slopes;
}

function addRow(
  y: Float64Array,
  width: number,
  x: number,
  sumY: Float64Array,
  sumXY: Float64Array,
): void {
  for (let j = 0; j < width; j++) {
    const value = y[j];
    sumY[j] += value;
    sumXY[j] += x * value;
  }
}

/** How many values are alike, counted back from place `end` − 1. */
function runAtEnd(x: Float64Array, end: number): number {
  let run = end > 0 ? 1 : 0;
  while (run < end && x[end - 1 - run] === x[end - 1]) run++;
  return run;
}

function meanOf(x: Float64Array, from: number, window: number): number {
  const first = x[from];
  let total = 0;
  for (let t = from; t < from + window; t++) total += x[t] - first;
  return first + total / window;
}

/** Σ (x − mx)(y − my) over a window, less what the rounding of the means leaves over. */
function productsAbout(
  x: Float64Array,
  y: Float64Array,
  from: number,
  window: number,
  mx: number,
  my: number,
): number {
  let products = 0;
  let sx = 0;
  let sy = 0;
  for (let t = from; t < from + window; t++) {
    const dx = x[t] - mx;
    const dy = y[t] - my;
    products += dx * dy;
    sx += dx;
    sy += dy;
  }
  return products - (sx * sy) / window;
}
