/** close(t) ÷ close(t − n) − 1, or its logarithm; NaN for the first n bars. */
export function returnsOver(close: Float64Array, bars: number, log = false): Float64Array {
  const made = new Float64Array(close.length).fill(Number.NaN);
  for (let t = bars; t < close.length; t++) {
    const ratio = close[t] / close[t - bars];
    made[t] = log ? Math.log(ratio) : ratio - 1;
  }
  return made;
}

/** Mean and standard deviation (ddof 1) of the last `bars` values, each NaN where one of them is. */
export function rollingMoments(
  values: Float64Array,
  bars: number,
): { readonly mean: Float64Array; readonly deviation: Float64Array } {
  const n = values.length;
  const mean = new Float64Array(n).fill(Number.NaN);
  const deviation = new Float64Array(n).fill(Number.NaN);
  // Two passes a window rather than sums carried along: what a value far off leaves behind in such
  // sums would reach into all later windows, and make them depend on where the history began.
  for (let t = bars - 1; t < n; t++) {
    let sum = 0;
    for (let i = t - bars + 1; i <= t; i++) sum += values[i];
    const centre = sum / bars;
    let squares = 0;
    for (let i = t - bars + 1; i <= t; i++) squares += (values[i] - centre) ** 2;
    mean[t] = centre;
    deviation[t] = Math.sqrt(squares / (bars - 1));
  }
  return { mean, deviation };
}

/** Standard deviation (ddof 1) of the last `bars` simple returns, a bar. */
export const rollingVolatility = (close: Float64Array, bars: number): Float64Array =>
  rollingMoments(returnsOver(close, 1), bars).deviation;
