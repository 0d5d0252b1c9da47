import type { LinearProgram, LinearSolution, SolveLinear } from '@plimsoll/quant/solver';
import { describe, expect, it } from 'vitest';
import type { LinearSolver } from '../solver/linear-solver.ts';

const infinity = Number.POSITIVE_INFINITY;

/** A program written as rows of numbers. Variables are at least 0 where nothing else is said. */
function program(
  cost: readonly number[],
  rows: readonly { readonly of: readonly number[]; readonly from?: number; readonly to?: number }[],
  more: { lower?: readonly number[]; upper?: readonly number[]; integers?: readonly number[] } = {},
): LinearProgram {
  const entries = rows.map(({ of }) =>
    of.flatMap((value, column) => (value === 0 ? [] : [{ column, value }])),
  );
  const start = new Int32Array(rows.length + 1);
  entries.forEach((row, i) => {
    start[i + 1] = (start[i] ?? 0) + row.length;
  });
  return {
    cost: Float64Array.from(cost),
    rows: {
      start,
      column: Int32Array.from(entries.flat(), ({ column }) => column),
      value: Float64Array.from(entries.flat(), ({ value }) => value),
    },
    rowLower: Float64Array.from(rows, ({ from }) => from ?? -infinity),
    rowUpper: Float64Array.from(rows, ({ to }) => to ?? infinity),
    lower: Float64Array.from(more.lower ?? cost.map(() => 0)),
    upper: Float64Array.from(more.upper ?? cost.map(() => infinity)),
    ...(more.integers ? { integers: Int32Array.from(more.integers) } : {}),
  };
}

/** max 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: 36 at (2, 6), prices 0, 3/2 and 1. */
const workshop = program(
  [-3, -5],
  [
    { of: [1, 0], to: 4 },
    { of: [0, 2], to: 12 },
    { of: [3, 2], to: 18 },
  ],
);

const close = (found: Float64Array, wanted: readonly number[], digits = 9): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });
};

/** What every solver of linear programs must do. Run it from the adapter's own test. */
export function linearSolverConformance(solver: LinearSolver): void {
  describe(`linear solver conformance: ${solver.id}`, () => {
    const open = (): Promise<SolveLinear> => solver.open();
    const ended = ({ status, x, rowDuals }: LinearSolution): unknown => [
      status,
      x.length,
      rowDuals.length,
    ];

    it('says what it is', () => {
      expect(solver.id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(solver.title).not.toBe('');
    });

    it('finds the optimum and what a unit of each right-hand side is worth', async () => {
      const solution = (await open())(workshop);
      expect(solution.status).toBe('optimal');
      expect(solution.objective).toBeCloseTo(-36, 9);
      close(solution.x, [2, 6]);
      close(solution.rowDuals, [0, -1.5, -1]);
      close(solution.reducedCosts, [0, 0]);
    });

    it('prices a bound as the change of the objective for a unit of it', async () => {
      const bounded = (upper: number): LinearProgram =>
        program([-2, -1], [{ of: [1, 1], to: 10 }], { upper: [upper, infinity] });
      const solve = await open();
      const now = solve(bounded(4));
      expect(now.reducedCosts[0]).toBeCloseTo(solve(bounded(5)).objective - now.objective, 9);
      expect(now.rowDuals[0]).toBeCloseTo(-1, 9);
    });

    it('takes equalities, ranges, free variables and coefficients as small as daily returns', async () => {
      const solve = await open();
      const free = program([1, 1], [{ of: [1, -1], from: 3, to: 3 }], { lower: [-infinity, -2] });
      close(solve(free).x, [1, -2]);
      const range = program([1], [{ of: [1], from: 2, to: 5 }], { lower: [-infinity] });
      close(solve(range).x, [2]);
      const small = program([0, 1], [{ of: [1e-10, 1], from: 1e-3 }], { upper: [1e6, infinity] });
      expect(Math.abs(solve(small).objective - 9e-4)).toBeLessThan(1e-9);
    });

    it('gives whole numbers where they are asked for, and no prices then', async () => {
      const knapsack = program([-10, -13, -7], [{ of: [3, 4, 2], to: 9 }], {
        integers: [0, 1, 2],
        upper: [1, 1, 1],
      });
      const solution = (await open())(knapsack);
      expect(solution.status).toBe('optimal');
      expect(Array.from(solution.x)).toEqual([1, 1, 1]);
      expect(solution.objective).toBe(-30);
      expect([solution.rowDuals.length, solution.reducedCosts.length]).toEqual([0, 0]);
      const half = program([-1], [{ of: [2], to: 3 }], { integers: [0] });
      expect(Array.from((await open())(half).x)).toEqual([1]);
    });

    it('tells infeasible from unbounded, with nothing else in the answer', async () => {
      const solve = await open();
      const infeasible = program([1], [{ of: [1], from: 2, to: 1 }]);
      const between = program([0], [{ of: [1], from: 0.2, to: 0.8 }], { integers: [0] });
      const contrary = program(
        [1, 0],
        [
          { of: [1, 1], from: 3 },
          { of: [1, 1], to: 2 },
        ],
      );
      const unbounded = program([-1, 0], [{ of: [1, -1], to: 1 }]);
      for (const each of [infeasible, between, contrary]) {
        expect(ended(solve(each))).toEqual(['infeasible', 0, 0]);
      }
      expect(ended(solve(unbounded))).toEqual(['unbounded', 0, 0]);
    });

    it('answers programs without rows', async () => {
      const solve = await open();
      const box = program([1, -1], [], { lower: [-1, 0], upper: [1, 2] });
      expect(solve(box)).toMatchObject({ status: 'optimal', objective: -3 });
      expect(solve(program([-1], [])).status).toBe('unbounded');
    });

    it('says the same to the same program, whatever came between', async () => {
      const solve = await open();
      const first = solve(workshop);
      solve(program([-1, 0], [{ of: [1, -1], to: 1 }]));
      expect(solve(workshop)).toEqual(first);
    });
  });
}
