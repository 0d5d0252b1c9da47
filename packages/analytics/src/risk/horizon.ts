import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { autocorrelation } from '@plimsoll/quant/statistics';
import type { TailRisk } from './tail-risk.ts';

/**
 * A one-period loss stretched to a longer horizon: loss × √h. Exact for normal returns without mean
 * that do not depend on one another; thick tails make it too much, trends too little.
 *
 * @param periods h ≥ 1.
 */
export const scaledBySquareRoot = ({ valueAtRisk, cvar }: TailRisk, periods: number): TailRisk => ({
  valueAtRisk: valueAtRisk * Math.sqrt(periods),
  cvar: cvar * Math.sqrt(periods),
});

/**
 * Compounded returns of every run of h successive periods: Π (1 + r) − 1, each run shifted by one.
 * Neighbours share h − 1 periods, so that n of them say as little as n ÷ h independent ones.
 *
 * @param returns Shape [n], oldest first.
 * @returns shape [n − h + 1]; refused where that is none.
 */
export function overlappingReturns(returns: Float64Array, periods: number): Result<Float64Array> {
  const n = returns.length - periods + 1;
  if (n < 1) return refuseShort(returns.length, periods);
  const runs = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let growth = 1;
    for (let j = i; j < i + periods; j++) growth *= 1 + returns[j];
    runs[i] = growth - 1;
  }
  return ok(runs);
}

/** `overlappingReturns` of every column of a matrix, shape [n × columns]. */
export function overlappingColumns(returns: Matrix, periods: number): Result<Matrix> {
  const { rows, columns, data } = returns;
  if (periods === 1) return ok(returns);
  const n = rows - periods + 1;
  if (n < 1) return refuseShort(rows, periods);
  const runs = matrix(n, columns);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < columns; j++) {
      let growth = 1;
      for (let t = i; t < i + periods; t++) growth *= 1 + data[t * columns + j];
      runs.data[i * columns + j] = growth - 1;
    }
  }
  return ok(runs);
}

const refuseShort = (n: number, periods: number): Result<never> =>
  refuse({
    code: 'risk.too-few',
    detail: `${n} returns hold no run of ${periods}; give more history or a shorter horizon.`,
  });

/**
 * Why the square root of time misleads here, if it does: successive returns that are correlated
 * beyond what chance makes of independent ones (|ρ₁| > 2 ÷ √n).
 */
export function whyNotSquareRoot(returns: Float64Array): string | undefined {
  const n = returns.length;
  if (n < 20) return undefined;
  const rho = autocorrelation(returns, 1);
  if (!(Math.abs(rho) > 2 / Math.sqrt(n))) return undefined;
  return `Successive returns have a correlation of ${rho.toFixed(2)}, so that the square root of time ${
    rho > 0 ? 'understates' : 'overstates'
  } longer horizons; compare with overlapping returns.`;
}
