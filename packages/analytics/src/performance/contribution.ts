import type { ValueColumns } from './daily-returns.ts';

/**
 * What each line contributed to the time-weighted return. On day t a line's gain over the capital
 * of the whole, c(i,t) = (V_i(t) − V_i(t−1) − net flow_i(t)) ÷ (V(t−1) + I(t)), and Σᵢ c(i,t) = r(t).
 * Linked over time with Carino's factors so that they add up to the return of the period:
 *
 *   C(i) = Σₜ c(i,t) × k(t) ÷ K,   k(t) = ln(1 + r(t)) ÷ r(t),   K = ln(1 + R) ÷ R
 *
 * @param total V, I, O of the whole, shape [days].
 * @param returns r(t), shape [days].
 * @param lines V_i and the worth that flowed into and out of each line, shape [days] each.
 * @param startValues V_i at the end of the day before the first, one per line.
 * @returns one contribution per line, a fraction; null where a day lost everything (r ≤ −1).
 *
 * Source: David Carino, "Combining Attribution Effects Over Time", Journal of Performance
 * Measurement, Summer 1999.
 */
export function contributions(
  total: ValueColumns,
  returns: Float64Array,
  lines: readonly Pick<ValueColumns, 'value' | 'inflow' | 'outflow' | 'startValue'>[],
): number[] | null {
  const days = returns.length;
  const scale = new Float64Array(days);
  let growth = 1;
  let before = total.startValue;
  for (let t = 0; t < days; t++) {
    const r = returns[t] ?? 0;
    if (r <= -1) return null;
    growth *= 1 + r;
    const capital = before + (total.inflow[t] ?? 0);
    scale[t] = capital > 1e-6 ? carino(r) / capital : 0;
    before = total.value[t] ?? 0;
  }
  const whole = carino(growth - 1);
  return lines.map((line) => {
    let sum = 0;
    let held = line.startValue;
    for (let t = 0; t < days; t++) {
      const value = line.value[t] ?? 0;
      const gain = value - held - (line.inflow[t] ?? 0) + (line.outflow[t] ?? 0);
      sum += gain * (scale[t] ?? 0);
      held = value;
    }
    return sum / whole;
  });
}

/** ln(1 + r) ÷ r, and 1 at r = 0. */
export function carino(r: number): number {
  return Math.abs(r) < 1e-9 ? 1 - r / 2 : Math.log1p(r) / r;
}
