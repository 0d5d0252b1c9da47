import { ok, type Result } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import type { QuadraticProgram } from '@plimsoll/quant/solver';
import type { ActiveConstraint } from '../define-optimiser.ts';
import { activeConstraints } from '../problem/active.ts';
import { compile } from '../problem/compile.ts';
import type { Region } from '../problem/region.ts';
import { noWeights } from './limits-in-words.ts';
import { type ConvexFunction, minimiseConvex, type Polytope } from './minimise-convex.ts';

/** One variable beside the weights, last in what the function is given. */
export interface ExtraVariable {
  readonly lower: number;
  readonly near: number;
  /** How far it may go in one step from where it is. */
  trust(now: number): readonly [lower: number, upper: number];
}

export interface RegionMinimum {
  /** Shape [n]. */
  readonly weights: Float64Array;
  readonly value: number;
  /** Limits that hold, with ∂value/∂limit. */
  readonly active: readonly ActiveConstraint[];
  readonly iterations: number;
  /** Fall of the function that its quadratic model still promised at the end. */
  readonly promised: number;
}

/**
 * `minimiseConvex` over the weights of a region: its bounds, rows, and the caps on turnover and on
 * gross, long and short weight, for which weights are split as in quadratic programs.
 */
export function minimiseOverRegion(
  f: Pick<ConvexFunction, 'value' | 'derivatives'>,
  region: Region,
  extra?: ExtraVariable,
): Result<RegionMinimum> {
  const n = region.names.length;
  const compiled = compile(region, { trade: null, size: null });
  const program = compiled.program(null, new Float64Array(n));
  const columns = program.linear.length;
  const moves = movesOf(program, n, extra !== undefined);
  const zero = compiled.weights(new Float64Array(columns));
  const expand = (x: Float64Array): Float64Array => {
    const y = new Float64Array(n + (extra ? 1 : 0));
    y.set(zero);
    moves.forEach(({ base, sign }, j) => {
      y[base] += sign * x[j];
    });
    return y;
  };
  const near = new Float64Array(moves.length);
  // Even weights where weights are columns; else what is held now.
  if (!program.columns) near.fill(1 / n);
  if (extra) near[columns] = extra.near;
  const polytope = polytopeOf(program, extra);
  const minimum = minimiseConvex(
    {
      value: (x) => f.value(expand(x)),
      derivatives: (x) => {
        const { gradient, hessian } = f.derivatives(expand(x));
        return {
          gradient: Float64Array.from(moves, ({ base, sign }) => sign * gradient[base]),
          hessian: program.columns ? overMoves(hessian, moves) : hessian,
        };
      },
      ...(extra
        ? {
            trust: (x: Float64Array, within: Polytope) => {
              const [low, high] = extra.trust(x[columns]);
              const lower = within.lower.slice();
              const upper = within.upper.slice();
              lower[columns] = low;
              upper[columns] = high;
              return { ...within, lower, upper };
            },
          }
        : {}),
    },
    polytope,
    near,
  );
  if (!minimum.ok) {
    return minimum.fault.code === 'optimisation.infeasible' ? noWeights(region) : minimum;
  }
  const { x, value, iterations, promised, rowDuals, reducedCosts } = minimum.value;
  const solution = {
    status: 'optimal' as const,
    x: x.slice(0, columns),
    objective: value,
    rowDuals,
    reducedCosts: reducedCosts.slice(0, columns),
    iterations,
    residuals: { primal: 0, stationarity: 0, complementarity: 0 },
  };
  return ok({
    weights: expand(x).slice(0, n),
    value,
    active: activeConstraints(region, compiled, solution),
    iterations,
    promised,
  });
}

interface Move {
  readonly base: number;
  readonly sign: number;
}

/** Which weight (or the variable beside them) each variable of the program moves, and which way. */
function movesOf({ columns, linear }: QuadraticProgram, n: number, extra: boolean): Move[] {
  const moves = Array.from(linear, (_, j) =>
    columns ? { base: columns.base[j], sign: columns.sign[j] } : { base: j, sign: 1 },
  );
  return extra ? [...moves, { base: n, sign: 1 }] : moves;
}

function polytopeOf(program: QuadraticProgram, extra?: ExtraVariable): Polytope {
  const { rows, rowLower, rowUpper, lower, upper } = program;
  if (!extra) return { rows, rowLower, rowUpper, lower, upper };
  const wide = matrix(rows.rows, rows.columns + 1);
  for (let i = 0; i < rows.rows; i++) {
    const row = rows.data.subarray(i * rows.columns, (i + 1) * rows.columns);
    wide.data.set(row, i * (rows.columns + 1));
  }
  return {
    rows: wide,
    rowLower,
    rowUpper,
    lower: Float64Array.of(...lower, extra.lower),
    upper: Float64Array.of(...upper, Number.POSITIVE_INFINITY),
  };
}

function overMoves(hessian: Matrix, moves: readonly Move[]): Matrix {
  const size = moves.length;
  const wide = matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      wide.data[i * size + j] =
        moves[i].sign *
        moves[j].sign *
        hessian.data[moves[i].base * hessian.columns + moves[j].base];
    }
  }
  return wide;
}
