import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { findConflict } from './find-conflict.ts';
import { kktResiduals, quadraticObjective } from './kkt-residuals.ts';
import type { Conflict, QuadraticProgram } from './quadratic-program.ts';
import { solveQuadratic } from './solve-quadratic.ts';
import { traceQuadratic } from './trace-quadratic.ts';

const small = fc.integer({ min: -3, max: 3 });

/** Q = GᵀG of whole numbers, of any rank down to 0. */
const psd = (n: number): fc.Arbitrary<Float64Array> =>
  fc
    .integer({ min: 0, max: n + 1 })
    .chain((rank) => fc.array(small, { minLength: rank * n, maxLength: rank * n }))
    .map((g) => {
      const q = new Float64Array(n * n);
      for (let r = 0; r < g.length / n; r++) {
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) q[i * n + j] += (g[r * n + i] ?? 0) * (g[r * n + j] ?? 0);
        }
      }
      return q;
    });

/** Programs of whole numbers, full of ties, redundant rows and vertices where many limits meet. */
const program = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.integer({ min: 0, max: 3 }).chain((m) =>
    fc
      .record({
        q: psd(n),
        c: fc.array(small, { minLength: n, maxLength: n }),
        a: fc.array(small, { minLength: m * n, maxLength: m * n }),
        row: fc.array(fc.tuple(small, fc.constantFrom(0, 1, 2, Number.POSITIVE_INFINITY)), {
          minLength: m,
          maxLength: m,
        }),
        box: fc.array(fc.tuple(small, fc.integer({ min: 0, max: 3 })), {
          minLength: n,
          maxLength: n,
        }),
      })
      .map(
        ({ q, c, a, row, box }): QuadraticProgram => ({
          quadratic: matrix(n, n, q),
          linear: Float64Array.from(c),
          rows: matrix(m, n, Float64Array.from(a)),
          rowLower: Float64Array.from(row, ([low]) => low),
          rowUpper: Float64Array.from(row, ([low, more]) => low + more),
          lower: Float64Array.from(box, ([low]) => low),
          upper: Float64Array.from(box, ([low, more]) => low + more),
        }),
      ),
  ),
);

/** A seeded normal stream, so that large problems are the same each time. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** The covariance of `periods` made-up returns: singular where they are fewer than n. */
function covarianceOf(n: number, periods: number, seed: number): Float64Array {
  const next = normals(seed);
  const q = new Float64Array(n * n);
  for (let t = 0; t < periods; t++) {
    const market = next();
    const r = Float64Array.from({ length: n }, () => 0.01 * (market + next()));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) q[i * n + j] += (252 * r[i] * r[j]) / periods;
    }
  }
  return q;
}

function portfolio(n: number, periods: number, limits: readonly [number, number]) {
  const next = normals(n + periods);
  const groups = 5;
  const rows = new Float64Array((groups + 1) * n);
  for (let j = 0; j < n; j++) {
    rows[j] = 1;
    rows[(1 + (j % groups)) * n + j] = 1;
  }
  const made: QuadraticProgram = {
    quadratic: matrix(n, n, covarianceOf(n, periods, n * 7 + periods)),
    linear: Float64Array.from({ length: n }, () => -0.02 * (1 + next())),
    rows: matrix(groups + 1, n, rows),
    rowLower: Float64Array.of(1, 0.1, 0.1, 0.1, 0.1, 0.1),
    rowUpper: Float64Array.of(1, 0.25, 0.25, 0.25, 0.25, 0.25),
    lower: new Float64Array(n).fill(limits[0]),
    upper: new Float64Array(n).fill(limits[1]),
  };
  return made;
}

const sizeOf = (conflict: Conflict): number =>
  conflict.rowLower.length +
  conflict.rowUpper.length +
  conflict.lower.length +
  conflict.upper.length;

/** The program with only the sides that a conflict names. */
function only(full: QuadraticProgram, conflict: Conflict): QuadraticProgram {
  const keep = (all: Float64Array, at: readonly number[], none: number): Float64Array =>
    all.map((value, i) => (at.includes(i) ? value : none));
  return {
    ...full,
    rowLower: keep(full.rowLower, conflict.rowLower, Number.NEGATIVE_INFINITY),
    rowUpper: keep(full.rowUpper, conflict.rowUpper, Number.POSITIVE_INFINITY),
    lower: keep(full.lower, conflict.lower, Number.NEGATIVE_INFINITY),
    upper: keep(full.upper, conflict.upper, Number.POSITIVE_INFINITY),
  };
}

describe('a quadratic program', () => {
  it('is solved to its optimality conditions, or has limits that conflict', () => {
    fc.assert(
      fc.property(program, (made) => {
        const solution = solveQuadratic(made);
        if (solution.status === 'infeasible') {
          expect(findConflict(made)).not.toBeNull();
          return;
        }
        expect(solution.status).toBe('optimal');
        expect(findConflict(made)).toBeNull();
        const { primal, stationarity, complementarity } = kktResiduals(made, solution);
        expect(Math.max(primal, stationarity, complementarity)).toBeLessThan(1e-10);
      }),
      { numRuns: 1500 },
    );
  });

  it('has no better point among those of a grid', () => {
    const fine = fc.record({ made: program, steps: fc.array(fc.nat(12), { minLength: 60 }) });
    fc.assert(
      fc.property(fine, ({ made, steps }) => {
        const solution = solveQuadratic(made);
        if (solution.status !== 'optimal') return;
        const n = made.linear.length;
        for (let from = 0; from + n <= steps.length; from += n) {
          const x = Float64Array.from(
            { length: n },
            (_, j) => made.lower[j] + (steps[from + j] / 12) * (made.upper[j] - made.lower[j]),
          );
          const inside = Array.from({ length: made.rows.rows }, (_, i) => {
            let value = 0;
            for (let j = 0; j < n; j++) value += made.rows.data[i * n + j] * x[j];
            return value >= made.rowLower[i] && value <= made.rowUpper[i];
          }).every(Boolean);
          if (inside) {
            expect(quadraticObjective(made, x)).toBeGreaterThanOrEqual(solution.objective - 1e-10);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('conflicts in no more limits than it takes', () => {
    fc.assert(
      fc.property(program, (made) => {
        const conflict = findConflict(made);
        if (!conflict) return;
        expect(solveQuadratic(only(made, conflict)).status).toBe('infeasible');
        for (const kind of ['rowLower', 'rowUpper', 'lower', 'upper'] as const) {
          for (const at of conflict[kind]) {
            const less = { ...conflict, [kind]: conflict[kind].filter((i) => i !== at) };
            expect(findConflict(only(made, less))).toBeNull();
          }
        }
        expect(sizeOf(conflict)).toBeLessThanOrEqual(made.linear.length + 1);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['quadratic', 'linear', 'rows', 'rowLower', 'upper'] as const)(
    'has no solution, and no number, where %s has something that is none',
    (part) => {
      const made = portfolio(10, 30, [0, 0.3]);
      const whole = made[part];
      const data = whole instanceof Float64Array ? whole : whole?.data;
      if (data) data[0] = Number.NaN;
      const { status, x } = solveQuadratic(made);
      expect([status, x.length]).toEqual(['failed', 0]);
      expect(traceQuadratic(made, new Float64Array(10), () => null).status).toBe('failed');
    },
  );

  it('of no variables is solved by none', () => {
    const none: QuadraticProgram = {
      quadratic: null,
      linear: new Float64Array(0),
      rows: matrix(0, 0),
      rowLower: new Float64Array(0),
      rowUpper: new Float64Array(0),
      lower: new Float64Array(0),
      upper: new Float64Array(0),
    };
    expect(solveQuadratic(none)).toMatchObject({ status: 'optimal', objective: 0 });
  });

  it('is told unbounded where nothing stops a gain', () => {
    const open: QuadraticProgram = {
      quadratic: matrix(2, 2, Float64Array.of(1, -1, -1, 1)),
      linear: Float64Array.of(-1, -1),
      rows: matrix(0, 2),
      rowLower: new Float64Array(0),
      rowUpper: new Float64Array(0),
      lower: new Float64Array(2),
      upper: new Float64Array(2).fill(Number.POSITIVE_INFINITY),
    };
    expect(solveQuadratic(open).status).toBe('unbounded');
  });

  it.each([
    [100, 300, [0, 0.1]],
    [100, 40, [0, 0.1]],
    [100, 40, [-0.05, 0.1]],
    [200, 60, [0.002, 0.03]],
    [100, 300, [-1, 1]],
    [100, 300, [-0.01, 0.03]],
    [200, 300, [-0.003, 0.02]],
    [500, 600, [-0.02, 0.05]],
    [500, 600, [0, 0.1]],
    [500, 100, [0, 0.02]],
  ] as const)(
    'of %i instruments and %i periods meets its conditions to 1e-12',
    (n, periods, limits) => {
      const made = portfolio(n, periods, limits);
      const { status, residuals } = solveQuadratic(made);
      expect(status).toBe('optimal');
      expect(residuals.primal).toBeLessThan(1e-12);
      expect(residuals.stationarity).toBeLessThan(1e-12);
      expect(residuals.complementarity).toBeLessThan(1e-12);
    },
  );

  it.each([
    [1e-8, [1, 1e-4, 1, 1, 1, 1]],
    [1e-4, [1e3, 1e-5, 1e-3, 1, 1, 1]],
    [1e4, [1, 1e5, 1e3, 1e-3, 1, 1]],
    [1e8, [1, 1, 1, 1, 1e6, 1e-6]],
  ] as const)('has the same solution in other units: objective × %d, rows × %j', (by, rowsBy) => {
    for (const limits of [
      [0, 0.1],
      [-0.05, 0.3],
    ] as const) {
      const made = portfolio(40, 60, limits);
      const one = solveQuadratic(made);
      const times = (values: Float64Array): Float64Array => values.map((v, i) => v * rowsBy[i]);
      const other = solveQuadratic({
        ...made,
        quadratic: matrix(
          40,
          40,
          made.quadratic?.data.map((v) => v * by),
        ),
        linear: made.linear.map((v) => v * by),
        rows: matrix(
          6,
          40,
          made.rows.data.map((v, k) => v * rowsBy[Math.floor(k / 40)]),
        ),
        rowLower: times(made.rowLower),
        rowUpper: times(made.rowUpper),
      });
      for (let j = 0; j < 40; j++) expect(other.x[j]).toBeCloseTo(one.x[j], 10);
      // The groups add up to the budget, so that prices may be split otherwise; they must do as well.
      const { primal, stationarity, complementarity } = kktResiduals(made, {
        x: other.x,
        rowDuals: other.rowDuals.map((price, i) => (price * rowsBy[i]) / by),
        reducedCosts: other.reducedCosts.map((price) => price / by),
      });
      expect(Math.max(primal, stationarity, complementarity)).toBeLessThan(1e-12);
    }
  });

  it('gives shadow prices that are what a little more of a limit changes', () => {
    const made = portfolio(30, 200, [0, 0.1]);
    const solution = solveQuadratic(made);
    const step = 1e-5;
    const moved = (by: number): number => {
      const upper = made.rowUpper.slice();
      const lower = made.rowLower.slice();
      for (let i = 1; i < upper.length; i++) {
        if (solution.rowDuals[i] < 0) upper[i] += by;
        if (solution.rowDuals[i] > 0) lower[i] += by;
      }
      return solveQuadratic({ ...made, rowUpper: upper, rowLower: lower }).objective;
    };
    let expected = 0;
    for (let i = 1; i < 6; i++) expected += solution.rowDuals[i];
    expect(expected).not.toBe(0);
    expect((moved(step) - moved(-step)) / (2 * step)).toBeCloseTo(expected, 6);
  });

  it('with signed columns is the program that they stand for', () => {
    const made = portfolio(20, 100, [0, 0.2]);
    const n = 20;
    const split: QuadraticProgram = {
      ...made,
      linear: Float64Array.of(...made.linear, ...made.linear.map((c) => -c + 1e-9)),
      rows: matrix(
        6,
        2 * n,
        Float64Array.from({ length: 12 * n }, (_, k) => {
          const j = k % (2 * n);
          const value = made.rows.data[Math.floor(k / (2 * n)) * n + (j % n)];
          return j < n ? value : -value;
        }),
      ),
      lower: new Float64Array(2 * n),
      upper: Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? 0.2 : 0)),
      columns: {
        base: Int32Array.from({ length: 2 * n }, (_, j) => j % n),
        sign: Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? 1 : -1)),
      },
    };
    const one = solveQuadratic(made);
    const other = solveQuadratic(split);
    expect(other.objective).toBeCloseTo(one.objective, 14);
    for (let j = 0; j < n; j++) expect(other.x[j] - other.x[n + j]).toBeCloseTo(one.x[j], 12);
  });
});

/** Second moments and means of made-up returns with three common factors, all of loadings around 0. */
function factorMoments(n: number, periods: number, seed: number) {
  const next = normals(seed);
  const loadings = Float64Array.from({ length: 3 * n }, () => 0.01 * next());
  const quadratic = matrix(n, n);
  const means = new Float64Array(n);
  for (let t = 0; t < periods; t++) {
    const factors = [next(), next(), next()];
    const r = means.map(
      (_, i) =>
        factors.reduce((sum, factor, k) => sum + factor * loadings[3 * i + k], 0) + 0.012 * next(),
    );
    for (let i = 0; i < n; i++) {
      means[i] += (252 * r[i]) / periods;
      for (let j = 0; j < n; j++) quadratic.data[i * n + j] += (252 * r[i] * r[j]) / periods;
    }
  }
  return { quadratic, means };
}

/** From even weights each is bought or sold, half the sum of which is at most `turnover`. */
function traded(n: number, quadratic: Matrix, turnover: number): QuadraticProgram {
  const rows = matrix(2, 2 * n);
  rows.data
    .fill(1, 0, n)
    .fill(-1, n, 2 * n)
    .fill(0.5, 2 * n);
  const pull = Float64Array.from({ length: n }, (_, i) =>
    quadratic.data.subarray(i * n, (i + 1) * n).reduce((sum, each) => sum + each / n, 0),
  );
  return {
    quadratic,
    linear: Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? pull[j] : -pull[j - n])),
    rows,
    rowLower: Float64Array.of(0, Number.NEGATIVE_INFINITY),
    rowUpper: Float64Array.of(0, turnover),
    lower: new Float64Array(2 * n),
    upper: Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? 1 : 1 / n)),
    columns: {
      base: Int32Array.from({ length: 2 * n }, (_, j) => j % n),
      sign: Float64Array.from({ length: 2 * n }, (_, j) => (j < n ? 1 : -1)),
    },
  };
}

describe('columns that move the same', () => {
  it('are of a linear program too, where there is no Q for them to move', () => {
    const made = traded(6, factorMoments(6, 20, 1).quadratic, 0.3);
    const gains = [3, -1, 4, 1, 5, -9];
    const linear = Float64Array.from({ length: 12 }, (_, j) => (j < 6 ? -gains[j] : gains[j - 6]));
    const solution = solveQuadratic({ ...made, quadratic: null, linear });
    expect(solution.status).toBe('optimal');
    // All of the worst and most of the next are sold for the best.
    expect(solution.objective).toBeCloseTo(-(14 / 6 + 6 * (0.3 - 1 / 6)), 14);
    const conflict = findConflict({
      ...made,
      quadratic: null,
      rowUpper: Float64Array.of(0, 0.1),
      lower: Float64Array.from({ length: 12 }, (_, j) => (j === 0 ? 0.2 : 0)),
    });
    expect(conflict).toEqual({
      rowLower: [],
      rowUpper: [0, 1],
      lower: [0, 1, 2, 3, 4, 5],
      upper: [],
    });
  });

  it('add, also where some undo each other', () => {
    fc.assert(
      fc.property(program, fc.integer({ min: 1, max: 1e6 }), (made, seed) => {
        const n = made.linear.length;
        const next = normals(seed);
        const base = Int32Array.from({ length: 3 * n }, (_, j) => Math.floor(j / 3));
        const sign = Float64Array.from({ length: 3 * n }, (_, j) => (j % 3 === 1 ? -1 : 1));
        const spread = (x: Float64Array): Float64Array =>
          Float64Array.from(base, (at, j) => sign[j] * x[at]);
        const rows = matrix(made.rows.rows, 3 * n);
        for (let i = 0; i < made.rows.rows; i++) {
          rows.data.set(spread(made.rows.data.subarray(i * n, (i + 1) * n)), i * 3 * n);
        }
        const split: QuadraticProgram = {
          ...made,
          linear: spread(made.linear).map((c) => c + 0.01 * Math.abs(next())),
          rows,
          lower: Float64Array.from(base, () => -1),
          upper: Float64Array.from(base, (_, j) => 1 + (j % 3)),
          columns: { base, sign },
        };
        const solution = solveQuadratic(split);
        if (solution.status === 'infeasible') return;
        expect(solution.status).toBe('optimal');
        const { primal, stationarity, complementarity } = kktResiduals(split, solution);
        expect(Math.max(primal, stationarity, complementarity)).toBeLessThan(1e-10);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the path of a quadratic program', () => {
  const path = fc.record({ made: program, seed: fc.array(small, { minLength: 5, maxLength: 5 }) });

  it('is the solution at every parameter on the way', () => {
    fc.assert(
      fc.property(path, ({ made, seed }) => {
        const n = made.linear.length;
        const direction = Float64Array.from(seed.slice(0, n));
        let last = 0;
        const traced = traceQuadratic(made, direction, ({ from, to, x, slope }) => {
          expect(from).toBeCloseTo(last, 12);
          last = to;
          const at = to === Number.POSITIVE_INFINITY ? from + 1 : (from + to) / 2;
          const here = x.map((value, j) => value + (at - from) * slope[j]);
          const linear = made.linear.map((c, j) => c + at * direction[j]);
          const solved = solveQuadratic({ ...made, linear });
          expect(quadraticObjective({ ...made, linear }, here)).toBeCloseTo(solved.objective, 8);
          return null;
        });
        expect(traced.status).toBe(solveQuadratic(made).status);
        if (traced.status !== 'optimal') return;
        expect(last).toBe(Number.POSITIVE_INFINITY);
        expect(traced.end.residuals.primal).toBeLessThan(1e-10);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    [100, 10, 0.3],
    [100, 20, 0.3],
    [200, 60, 0.3],
  ])('goes on where %i weights of %i periods have no one least risk', (n, periods, turnover) => {
    const { quadratic, means } = factorMoments(n, periods, 1);
    const made = traded(n, quadratic, turnover);
    const direction = Float64Array.from({ length: 2 * n }, (_, j) =>
      j < n ? -means[j] : means[j - n],
    );
    let last = 0;
    let seen = 0;
    const traced = traceQuadratic(made, direction, ({ from, to, x }) => {
      expect(from).toBeCloseTo(last, 8);
      last = to;
      seen += 1;
      if (seen % 20 > 1) return null;
      const at = { ...made, linear: made.linear.map((c, j) => c + from * direction[j]) };
      expect(quadraticObjective(at, x)).toBeCloseTo(solveQuadratic(at).objective, 8);
      return null;
    });
    expect([traced.status, last]).toEqual(['optimal', Number.POSITIVE_INFINITY]);
    const most = solveQuadratic({ ...made, quadratic: null, linear: direction });
    const gain = traced.end.x.reduce((sum, each, j) => sum + each * direction[j], 0);
    expect(gain).toBeCloseTo(most.objective, 8);
  });

  it('ends where it is told to', () => {
    const made = { ...portfolio(40, 100, [0, 0.15]), linear: new Float64Array(40) };
    const direction = portfolio(40, 100, [0, 0.15]).linear;
    const { end, parameter } = traceQuadratic(made, direction, ({ to }) => (to > 0.5 ? 0.5 : null));
    expect(parameter).toBe(0.5);
    const linear = direction.map((d) => 0.5 * d);
    const solved = solveQuadratic({ ...made, linear });
    for (let j = 0; j < 40; j++) expect(end.x[j]).toBeCloseTo(solved.x[j], 12);
  });
});
