import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, quadraticForm, timesVector } from '@plimsoll/quant/linear-algebra';
import { solveQuadratic } from '@plimsoll/quant/solver';
import type { Compiled } from './compile.ts';
import type { Region } from './region.ts';

/** √((w − centre)ᵀ M (w − centre)) ≤ limit. */
export interface CurvedCap {
  readonly name: string;
  readonly matrix: Matrix;
  readonly centre: Float64Array;
  readonly limit: number;
}

/** The caps of a region that are neither linear nor made so by splitting weights. */
export function capsOf(region: Region, covariance: Matrix | null): Result<readonly CurvedCap[]> {
  const { tracking, volatility, names } = region;
  if (tracking === null && volatility === null) return ok([]);
  if (covariance === null) {
    return refuse({
      code: 'optimisation.covariance',
      detail: 'A limit of volatility or tracking error needs a covariance.',
    });
  }
  return ok([
    ...(volatility === null
      ? []
      : [
          {
            name: 'volatility',
            matrix: covariance,
            centre: new Float64Array(names.length),
            limit: volatility,
          },
        ]),
    ...(tracking === null
      ? []
      : [
          {
            name: 'tracking error',
            matrix: covariance,
            centre: tracking.benchmark,
            limit: tracking.limit,
          },
        ]),
  ]);
}

/** √((w − centre)ᵀ M (w − centre)) and its gradient M (w − centre) ÷ value, which is 0 at the centre. */
export function capAt({ matrix, centre }: CurvedCap, w: Float64Array) {
  const away = w.map((value, i) => value - centre[i]);
  const value = Math.sqrt(Math.max(0, quadraticForm(matrix, away)));
  const gradient = timesVector(matrix, away);
  for (let i = 0; i < gradient.length; i++) gradient[i] = value > 0 ? gradient[i] / value : 0;
  return { value, gradient };
}

/** The least that a cap's measure can be where the rest of the region holds. */
export function leastOfCap(cap: CurvedCap, region: Region, compiled: Compiled): number {
  const pull = timesVector(cap.matrix, cap.centre);
  const solution = solveQuadratic(
    compiled.program(
      cap.matrix,
      pull.map((value) => -value),
    ),
  );
  if (solution.status !== 'optimal') return Number.NaN;
  return capAt(cap, compiled.weights(solution.x).slice(0, region.names.length)).value;
}
