import { correlation } from '@plimsoll/quant/statistics';

/**
 * How much more a sum of autocorrelated returns varies than one of independent returns:
 * √(1 + 2 Σ (n − k) ÷ n × |ρ|ᵏ), k from 1 to n − 1, with ρ the correlation of neighbours.
 *
 * @param returns Shape [n], n ≥ 3.
 * @returns at least 1; NaN where the returns do not vary.
 *
 * **Source:** KeyQuant, white paper, 2018, as R. Aroussi, QuantStats, 2019 has it. It takes |ρ|, so
 * that returns that reverse are punished too, which Lo (2002) would not do.
 */
export function autocorrelationPenalty(returns: Float64Array): number {
  const n = returns.length;
  const rho = Math.abs(correlation(returns.subarray(0, n - 1), returns.subarray(1)));
  let power = 1;
  let total = 0;
  for (let k = 1; k < n; k++) {
    power *= rho;
    if (power < 1e-18 * rho) break;
    total += ((n - k) / n) * power;
  }
  return Math.sqrt(1 + 2 * total);
}
