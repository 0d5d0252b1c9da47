/** How a simplex starts and when its search ends. */
export interface SimplexOptions {
  /** Edge of the first simplex in each direction: 5 % of the start's size, at least 0.00025, if not given. */
  readonly step?: number | Float64Array;
  /** Spread of f over the simplex at which the search ends, relative to 1 + |f|; 1e-12 if not given. */
  readonly valueTolerance?: number;
  /** Spread of x over the simplex at which it ends, relative to 1 + |x|; 1e-8 if not given. Both must hold. */
  readonly pointTolerance?: number;
  /** 400 n if not given. */
  readonly maxIterations?: number;
}

/** The lowest point that a search without derivatives found. */
export interface SimplexMinimum {
  /** Shape [n]. */
  readonly x: Float64Array;
  /** f(x). */
  readonly value: number;
  readonly iterations: number;
  /** Whether the simplex shrank to the tolerances before the iterations ran out. */
  readonly converged: boolean;
}

/**
 * A local minimum of f over ℝⁿ without derivatives: a simplex of n + 1 points that reflects,
 * expands, contracts and shrinks its way downhill, with the coefficients that adapt to n.
 *
 * For a few variables and rough functions; where f is smooth, `bfgs` is faster and surer. A wall is
 * a value of Infinity (NaN counts as such).
 *
 * @param f Called with an array that is reused: copy what is to be kept.
 * @param start Shape [n], n ≥ 1, at which f is finite.
 *
 * Cost: one or two evaluations an iteration. Source: John A. Nelder and Roger Mead, A simplex
 * method for function minimization, 1965; coefficients of Fuchang Gao and Lixing Han, Implementing
 * the Nelder–Mead simplex algorithm with adaptive parameters, 2012.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: Float64Array,
  options: SimplexOptions = {},
): SimplexMinimum {
  const n = start.length;
  const { valueTolerance = 1e-12, pointTolerance = 1e-8, maxIterations = 400 * n } = options;
  const at = (x: Float64Array): number => {
    const value = f(x);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  };
  // Gao and Han's coefficients are Nelder and Mead's at n = 2; below that they degenerate.
  const d = Math.max(2, n);
  const expand = 1 + 2 / d;
  const contract = 0.75 - 1 / (2 * d);
  const shrink = 1 - 1 / d;
  const points = firstSimplex(start, options.step);
  const values = points.map(at);
  const centre = new Float64Array(n);
  const trial = (out: Float64Array, factor: number, worst: Float64Array): number => {
    for (let i = 0; i < n; i++) out[i] = centre[i] + factor * (centre[i] - worst[i]);
    return at(out);
  };
  let reflected = new Float64Array(n);
  let other = new Float64Array(n);
  let iterations = 0;
  let converged = false;
  for (; iterations < maxIterations; iterations++) {
    sortByValue(points, values);
    if (isSmall(points, values, valueTolerance, pointTolerance)) {
      converged = true;
      break;
    }
    centre.fill(0);
    for (let j = 0; j < n; j++) for (let i = 0; i < n; i++) centre[i] += points[j][i] / n;
    const worst = points[n];
    const fr = trial(reflected, 1, worst);
    let better = fr;
    let accepted = fr < values[n - 1];
    let useOther = false;
    if (fr < values[0]) {
      const fe = trial(other, expand, worst);
      useOther = fe < fr;
      if (useOther) better = fe;
    } else if (!accepted) {
      const outside = fr < values[n];
      better = trial(other, outside ? contract : -contract, worst);
      useOther = true;
      accepted = outside ? better <= fr : better < values[n];
    }
    if (accepted) {
      const taken = useOther ? other : reflected;
      if (useOther) other = worst;
      else reflected = worst;
      points[n] = taken;
      values[n] = better;
      continue;
    }
    for (let j = 1; j <= n; j++) {
      for (let i = 0; i < n; i++) {
        points[j][i] = points[0][i] + shrink * (points[j][i] - points[0][i]);
      }
      values[j] = at(points[j]);
    }
  }
  sortByValue(points, values);
  return { x: points[0], value: values[0], iterations, converged };
}

function firstSimplex(
  start: Float64Array,
  step: number | Float64Array | undefined,
): Float64Array<ArrayBuffer>[] {
  const points = [Float64Array.from(start)];
  for (let j = 0; j < start.length; j++) {
    const point = Float64Array.from(start);
    const given = typeof step === 'number' ? step : step?.[j];
    point[j] += given ?? Math.max(0.00025, 0.05 * Math.abs(start[j]));
    points.push(point);
  }
  return points;
}

/** Insertion sort: after an iteration only one is out of place. */
function sortByValue(points: Float64Array[], values: number[]): void {
  for (let j = 1; j < values.length; j++) {
    const value = values[j];
    const point = points[j];
    let k = j - 1;
    for (; k >= 0 && values[k] > value; k--) {
      values[k + 1] = values[k];
      points[k + 1] = points[k];
    }
    values[k + 1] = value;
    points[k + 1] = point;
  }
}

function isSmall(
  points: readonly Float64Array[],
  values: readonly number[],
  valueTolerance: number,
  pointTolerance: number,
): boolean {
  const [best] = values;
  const worst = values[values.length - 1];
  if (!(worst - best <= valueTolerance * (1 + Math.abs(best)))) return false;
  const [lowest] = points;
  return points.every((point) =>
    point.every((x, i) => Math.abs(x - lowest[i]) <= pointTolerance * (1 + Math.abs(lowest[i]))),
  );
}
