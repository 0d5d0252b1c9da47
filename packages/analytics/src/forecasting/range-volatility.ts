import { standardDeviation } from '@plimsoll/quant/statistics';
import { type Estimate, estimate, unknown } from '../analysis/estimate.ts';

/** Prices of n bars, oldest first, all of shape [n]. */
export interface Bars {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Yearly volatilities, fractions, of the same bars by five estimators. */
export interface RangeVolatility {
  readonly parkinson: Estimate;
  readonly garmanKlass: Estimate;
  readonly rogersSatchell: Estimate;
  readonly yangZhang: Estimate;
  readonly closeToClose: Estimate;
}

/**
 * Volatility from the ranges of bars. With u = ln(H/O), d = ln(L/O), c = ln(C/O), o = ln(O_t/C_{t−1}):
 *
 *   Parkinson        Σ (u − d)² ÷ (4 n ln 2)
 *   Garman–Klass     Σ [½ (u − d)² − (2 ln 2 − 1) c²] ÷ n
 *   Rogers–Satchell  Σ [u (u − c) + d (d − c)] ÷ n
 *   Yang–Zhang       s²(o) + k s²(c) + (1 − k) RS,  k = 0.34 ÷ (1.34 + (m + 1) ÷ (m − 1))
 *   close to close   s² of ln(C_t/C_{t−1})
 *
 * each times `periodsPerYear`, then the root; s² with m − 1 below. Parkinson and Garman–Klass assume
 * no drift and no jump overnight; Rogers–Satchell allows drift, Yang–Zhang both. Yang–Zhang is of the
 * m = n − 1 bars that have a close before them.
 *
 * @param bars Prices above 0; what `wrongBar` finds fault with gives nonsense.
 * @param periodsPerYear 252 for daily bars of markets.
 *
 * Cost: O(n). Source: Michael Parkinson, The extreme value method for estimating the variance of the
 * rate of return, 1980; Mark Garman and Michael Klass, On the estimation of security price
 * volatilities from historical data, 1980; Christopher Rogers and Stephen Satchell, Estimating
 * variance from high, low and closing prices, 1991; Dennis Yang and Qiang Zhang, Drift-independent
 * volatility estimation based on high, low, open, and close prices, 2000.
 */
export function rangeVolatility(
  { open, high, low, close }: Bars,
  periodsPerYear: number,
): RangeVolatility {
  const n = open.length;
  const perYear = (variance: number): Estimate =>
    variance >= 0
      ? estimate(Math.sqrt(variance * periodsPerYear), 'there are no bars')
      : unknown(n === 0 ? 'there are no bars' : 'the estimated variance is negative');
  let ranges = 0;
  let moves = 0;
  let satchell = 0;
  let satchellRest = 0;
  for (let t = 0; t < n; t++) {
    const u = Math.log(high[t] / open[t]);
    const d = Math.log(low[t] / open[t]);
    const c = Math.log(close[t] / open[t]);
    const each = u * (u - c) + d * (d - c);
    ranges += (u - d) ** 2;
    moves += c * c;
    satchell += each;
    if (t > 0) satchellRest += each;
  }
  const overlap = Math.max(0, n - 1);
  const overnight = Float64Array.from({ length: overlap }, (_, t) =>
    Math.log(open[t + 1] / close[t]),
  );
  const within = Float64Array.from({ length: overlap }, (_, t) =>
    Math.log(close[t + 1] / open[t + 1]),
  );
  const whole = overnight.map((each, t) => each + within[t]);
  const few = unknown(`${n} bars are too few, 3 are needed`);
  return {
    parkinson: perYear(ranges / (4 * n * Math.LN2)),
    garmanKlass: perYear((0.5 * ranges - (2 * Math.LN2 - 1) * moves) / n),
    rogersSatchell: perYear(satchell / n),
    yangZhang: n < 3 ? few : perYear(yangZhang(overnight, within, satchellRest / overlap)),
    closeToClose: n < 3 ? few : perYear(standardDeviation(whole) ** 2),
  };
}

function yangZhang(overnight: Float64Array, within: Float64Array, satchell: number): number {
  const m = overnight.length;
  const k = 0.34 / (1.34 + (m + 1) / (m - 1));
  return (
    standardDeviation(overnight) ** 2 + k * standardDeviation(within) ** 2 + (1 - k) * satchell
  );
}

/** What is wrong with the first bar that no market can have made, in a sentence; null if none is. */
export function wrongBar({ open, high, low, close }: Bars): string | null {
  for (let t = 0; t < open.length; t++) {
    const four = [open[t], high[t], low[t], close[t]];
    if (!four.every((each) => each > 0 && Number.isFinite(each))) {
      return `Bar ${t + 1} has a price that is not above 0.`;
    }
    // Adjusted prices may differ from each other by their rounding.
    if (high[t] * (1 + 1e-9) < Math.max(...four) || low[t] * (1 - 1e-9) > Math.min(...four)) {
      return `Bar ${t + 1}: open ${open[t]} and close ${close[t]} do not lie between low ${low[t]} and high ${high[t]}.`;
    }
  }
  return null;
}
