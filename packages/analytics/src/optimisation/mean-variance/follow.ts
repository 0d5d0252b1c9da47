import { dot, type Matrix, timesVector } from '@plimsoll/quant/linear-algebra';
import { type QuadraticPath, type QuadraticProgram, traceQuadratic } from '@plimsoll/quant/solver';
import { type Compiled, compile } from '../problem/compile.ts';
import type { Region } from '../problem/region.ts';

/** What trades off against risk. */
export interface Frontier {
  readonly region: Region;
  /** Σ, shape [n × n]. */
  readonly covariance: Matrix;
  /** What each unit of weight gains, shape [n]: expected returns, or those above a rate. */
  readonly gain: Float64Array;
  /** What a unit of |w − current| costs, shape [n]; null for nothing. */
  readonly tradeCost: Float64Array | null;
  /** Weights that risk is measured from, shape [n]; null for none: risk is that of the weights. */
  readonly benchmark: Float64Array | null;
}

/** A stretch of the frontier on which weights, gain and risk are polynomials of t = λ − from. */
export interface Stretch {
  readonly from: number;
  /** Infinity for the last. */
  readonly to: number;
  /** Net gain = gain[0] + gain[1] t. */
  readonly gain: readonly [number, number];
  /** Squared risk = risk[0] + risk[1] t + risk[2] t². */
  readonly risk: readonly [number, number, number];
  /** Weights at t, shape [n]. */
  weights(t: number): Float64Array;
}

export interface Followed {
  readonly path: QuadraticPath;
  readonly program: QuadraticProgram;
  readonly compiled: Compiled;
}

/**
 * Follows minimise ½ (w − b)ᵀΣ(w − b) − λ · (gainᵀw − cost of trading) from λ = 0, the least risk, to
 * the most gain: the whole efficient frontier, exactly, in stretches. `visit` answers the t at which
 * to stop, or null to go on.
 */
export function follow(
  { region, covariance, gain, tradeCost, benchmark }: Frontier,
  visit: (stretch: Stretch) => number | null,
): Followed {
  const compiled = compile(region, { trade: tradeCost, size: null });
  const n = region.names.length;
  const centre = benchmark ?? new Float64Array(n);
  const pull = timesVector(covariance, centre).map((value) => -value);
  const kinked = compiled.program(covariance, pull);
  const program = {
    ...kinked,
    linear: kinked.linear.map((c, j) => c - compiled.kinkCost[j]),
  };
  const direction = compiled.overColumns(gain).map((g, j) => compiled.kinkCost[j] - g);
  const columns = direction.length;
  const already = dot(gain, compiled.weights(new Float64Array(columns)));
  const path = traceQuadratic(program, direction, ({ from, to, x, slope }) => {
    const start = compiled.weights(x);
    const step = compiled.change(slope);
    const away = start.map((value, i) => value - centre[i]);
    const [at, moving] = [placesOf(away), placesOf(step)];
    const stop = visit({
      from,
      to,
      gain: [already - dot(direction, x), -dot(direction, slope)],
      risk: [
        Math.max(0, product(covariance, { x: away, at }, { x: away, at })),
        2 * product(covariance, { x: step, at: moving }, { x: away, at }),
        product(covariance, { x: step, at: moving }, { x: step, at: moving }),
      ],
      weights: (t) => start.map((value, i) => value + (t === 0 ? 0 : t * step[i])),
    });
    return stop === null ? null : from + stop;
  });
  return { path, program, compiled };
}

const placesOf = (x: Float64Array): number[] => Array.from(x.keys()).filter((i) => x[i] !== 0);

interface Sparse {
  readonly x: Float64Array;
  /** Places that are not 0: few, mostly, as frontiers hold few names. */
  readonly at: readonly number[];
}

/** xᵀΣy. */
function product({ columns, data }: Matrix, left: Sparse, right: Sparse): number {
  let sum = 0;
  for (const i of left.at) {
    let row = 0;
    for (const j of right.at) row += data[i * columns + j] * right.x[j];
    sum += left.x[i] * row;
  }
  return sum;
}

/** The least t in [0, most] with a + b t + c t² = 0 where the left side goes up through 0; null for none. */
export function risingRoot(
  [a, b, c]: readonly [number, number, number],
  most: number,
): number | null {
  if (a >= 0) return 0;
  const discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return null;
  // The form that does not subtract numbers that are alike.
  const root =
    b >= 0 ? (-2 * a) / (b + Math.sqrt(discriminant)) : (Math.sqrt(discriminant) - b) / (2 * c);
  return Number.isFinite(root) && root >= 0 && root <= most ? root : null;
}
