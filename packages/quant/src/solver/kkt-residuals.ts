import type { KktResiduals, QuadraticProgram } from './quadratic-program.ts';

/** A candidate solution with its multipliers. */
export interface Candidate {
  readonly x: Float64Array;
  readonly rowDuals: Float64Array;
  readonly reducedCosts: Float64Array;
}

/** Qz at x, mapped back to x: Eᵀ Q E x, shape [n]. Cost n × (x that are not 0). */
export function quadraticGradient(program: QuadraticProgram, x: Float64Array): Float64Array {
  const { quadratic, columns } = program;
  const n = x.length;
  const gradient = new Float64Array(n);
  if (!quadratic) return gradient;
  const width = quadratic.rows;
  const z = columns ? new Float64Array(width) : x;
  if (columns) {
    for (let j = 0; j < n; j++) {
      if (columns.base[j] >= 0) z[columns.base[j]] += columns.sign[j] * x[j];
    }
  }
  const product = new Float64Array(width);
  for (let i = 0; i < width; i++) {
    const zi = z[i];
    if (zi === 0) continue;
    const row = i * width;
    for (let j = 0; j < width; j++) product[j] += zi * quadratic.data[row + j];
  }
  if (!columns) return product;
  for (let j = 0; j < n; j++) {
    if (columns.base[j] >= 0) gradient[j] = columns.sign[j] * product[columns.base[j]];
  }
  return gradient;
}

/** ½ zᵀQz + cᵀx. */
export function quadraticObjective(program: QuadraticProgram, x: Float64Array): number {
  const gradient = quadraticGradient(program, x);
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += x[j] * (0.5 * gradient[j] + program.linear[j]);
  return sum;
}

/** How far a candidate is from the Karush–Kuhn–Tucker conditions, computed from the program alone. */
export function kktResiduals(program: QuadraticProgram, candidate: Candidate): KktResiduals {
  const { linear, rows, rowLower, rowUpper, lower, upper } = program;
  const { x, rowDuals, reducedCosts } = candidate;
  const n = x.length;
  const residual = quadraticGradient(program, x);
  let primal = 0;
  let stationarity = 0;
  let complementarity = 0;
  const judge = (value: number, least: number, most: number, multiplier: number): void => {
    primal = Math.max(primal, least - value, value - most);
    const wrong = multiplier > 0 ? value - least : most - value;
    const product =
      multiplier === 0 ? 0 : Math.min(Math.abs(multiplier), Math.abs(multiplier * wrong));
    complementarity = Math.max(complementarity, product);
  };
  for (let j = 0; j < n; j++) residual[j] += linear[j] - reducedCosts[j];
  for (let i = 0; i < rows.rows; i++) {
    let value = 0;
    for (let j = 0; j < n; j++) {
      const a = rows.data[i * n + j];
      value += a * x[j];
      residual[j] -= a * rowDuals[i];
    }
    judge(value, rowLower[i], rowUpper[i], rowDuals[i]);
  }
  for (let j = 0; j < n; j++) {
    stationarity = Math.max(stationarity, Math.abs(residual[j]));
    judge(x[j], lower[j], upper[j], reducedCosts[j]);
  }
  return { primal, stationarity, complementarity };
}
