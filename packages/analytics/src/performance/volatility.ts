/**
 * Sample standard deviation of the returns of business days, annualised: s × √252, with ddof = 1.
 *
 * @param returns Simple daily returns, shape [days]; only the given indices count.
 * @param indices Days that count.
 * @returns a fraction a year, null with fewer than 20 days.
 */
export function volatility(returns: Float64Array, indices: Int32Array): number | null {
  const n = indices.length;
  if (n < 20) return null;
  let mean = 0;
  for (const i of indices) mean += returns[i] ?? 0;
  mean /= n;
  let squares = 0;
  for (const i of indices) squares += ((returns[i] ?? 0) - mean) ** 2;
  return Math.sqrt((squares / (n - 1)) * 252);
}
