/** Why and where a chain of returns has gaps. */
export interface ReturnGaps {
  /** Days with worth or flows but nothing invested at their start: no return exists. */
  readonly withoutCapital: readonly number[];
  /** First day that ends below zero, −1 where there is none: returns end to mean anything there. */
  readonly negativeAt: number;
}

/** Flows of each day and the worth at its end, shape [days] each, all in one currency. */
export interface ValueColumns {
  /** Worth at the end of the day before the first. */
  readonly startValue: number;
  readonly value: Float64Array;
  /** ≥ 0. */
  readonly inflow: Float64Array;
  /** ≥ 0. */
  readonly outflow: Float64Array;
}

/**
 * Daily returns with inflows at the start of the day and outflows at its end:
 *
 *   r(t) = (V(t) + O(t)) ÷ (V(t−1) + I(t)) − 1
 *
 * @param columns V, I and O by day.
 * @param out Receives r, a fraction per day, shape [days]. A day on which nothing is or was held
 *   returns 0. A day whose denominator is ≤ 0 although something is there has no return: 0 is
 *   written and the day is reported.
 * @returns the days that have no return, and the first day that ends below zero.
 *
 * Denominators below a millionth of a unit count as nothing: they are float dust of a sold-out day.
 * Cost: one division a day. Source: GIPS 2020, daily true time-weighted return; flow convention of
 * Portfolio Performance's TTWROR.
 */
export function dailyReturns(columns: ValueColumns, out: Float64Array): ReturnGaps {
  const { value, inflow, outflow } = columns;
  const withoutCapital: number[] = [];
  let negativeAt = columns.startValue < -dust ? 0 : -1;
  let before = columns.startValue;
  for (let t = 0; t < out.length; t++) {
    const start = before + (inflow[t] ?? 0);
    const end = (value[t] ?? 0) + (outflow[t] ?? 0);
    if (start > dust) out[t] = end / start - 1;
    else {
      out[t] = 0;
      if (Math.abs(end) > dust || start < -dust) withoutCapital.push(t);
    }
    before = value[t] ?? 0;
    if (before < -dust && negativeAt < 0) negativeAt = t;
  }
  return { withoutCapital, negativeAt };
}

const dust = 1e-6;

/**
 * Growth of a chain of returns: g(t) = Π over s ≤ t of (1 + r(s)) − 1.
 *
 * @param returns r, fractions, shape [days].
 * @param out Receives g, shape [days].
 * @returns the last growth, 0 for an empty chain.
 */
export function linkReturns(returns: Float64Array, out?: Float64Array): number {
  let growth = 1;
  for (let t = 0; t < returns.length; t++) {
    growth *= 1 + (returns[t] ?? 0);
    if (out) out[t] = growth - 1;
  }
  return growth - 1;
}

/**
 * A growth over `days` calendar days as a yearly rate: (1 + g)^(365 ÷ days) − 1. Null within the
 * first year, where a yearly rate would claim more than was seen, and below −100 %.
 */
export function annualise(growth: number, days: number): number | null {
  if (days <= 365 || growth < -1) return null;
  return (1 + growth) ** (365 / days) - 1;
}
