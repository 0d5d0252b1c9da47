/**
 * log(1 + r), to the last digits though 1 + r is rounded: log u − ((u − 1) − r) ÷ u with u = 1 + r.
 *
 * @param returns Simple returns, shape [n], each ≥ −1.
 * @returns shape [n]; −∞ where everything was lost. Cost n logarithms.
 *
 * **Source:** W. Kahan’s correction, in N. J. Higham, Accuracy and stability of numerical algorithms, 2002,
 * section 1.14.1.
 */
export function logGrowth(returns: Float64Array): Float64Array {
  const logs = new Float64Array(returns.length);
  for (let t = 0; t < returns.length; t++) {
    const r = returns[t];
    const u = 1 + r;
    logs[t] = u === 0 ? Number.NEGATIVE_INFINITY : Math.log(u) - (u - 1 - r) / u;
  }
  return logs;
}
