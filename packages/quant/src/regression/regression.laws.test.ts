import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromRows, type Matrix, matrix } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { huberRegression } from './huber-regression.ts';
import { ordinaryLeastSquares } from './ordinary-least-squares.ts';
import { elasticNet, ridge, standardise } from './penalised.ts';
import { varianceInflation } from './residual-tests.ts';
import { rollingRegression } from './rolling-regression.ts';

const runs = { numRuns: 60 };
const value = fc.integer({ min: -500, max: 500 }).map((each) => each / 100);

interface Problem {
  readonly x: Matrix;
  readonly y: Float64Array;
}

/** A constant and k columns of n ≥ k + 4 rows. */
const anyProblem: fc.Arbitrary<Problem> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 8, max: 40 }))
  .chain(([k, n]) =>
    fc.tuple(
      fc.array(fc.array(value, { minLength: k, maxLength: k }), { minLength: n, maxLength: n }),
      fc.array(value, { minLength: n, maxLength: n }),
    ),
  )
  .map(([rows, y]) => ({ x: fromRows(rows.map((row) => [1, ...row])), y: Float64Array.from(y) }));

const wellPosed = ({ x, y }: Problem): boolean => {
  const inflation = varianceInflation(withoutConstant(x));
  return inflation.every((each) => each < 1e4) && y.some((each) => each !== y[0]);
};

const someProblem = anyProblem.filter(wellPosed);

function withoutConstant({ rows, columns, data }: Matrix): Matrix {
  const out = matrix(rows, columns - 1);
  for (let i = 0; i < rows; i++) {
    out.data.set(data.subarray(i * columns + 1, (i + 1) * columns), i * (columns - 1));
  }
  return out;
}

function close(found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) {
    const size = Math.max(1, Math.abs(wanted[i] ?? 0));
    expect(Math.abs((found[i] ?? Number.NaN) - (wanted[i] ?? 0))).toBeLessThanOrEqual(
      tolerance * size,
    );
  }
}

describe('least squares', () => {
  it('leaves residuals at right angles to every column', () => {
    fc.assert(
      fc.property(someProblem, ({ x, y }) => {
        const { residuals } = ordinaryLeastSquares(x, y);
        for (let j = 0; j < x.columns; j++) {
          let sum = 0;
          residuals.forEach((each, i) => {
            sum += each * x.data[i * x.columns + j];
          });
          expect(Math.abs(sum)).toBeLessThan(1e-10 * x.rows);
        }
      }),
      runs,
    );
  });

  it('gives the last column what it has after the others are taken out of both (Frisch–Waugh)', () => {
    fc.assert(
      fc.property(someProblem, ({ x, y }) => {
        const k = x.columns - 1;
        const others = matrix(x.rows, k);
        const last = new Float64Array(x.rows);
        for (let i = 0; i < x.rows; i++) {
          others.data.set(x.data.subarray(i * (k + 1), i * (k + 1) + k), i * k);
          last[i] = x.data[i * (k + 1) + k];
        }
        const left = ordinaryLeastSquares(others, y).residuals;
        const right = ordinaryLeastSquares(others, last).residuals;
        const alone = ordinaryLeastSquares(matrix(x.rows, 1, right), left);
        const whole = ordinaryLeastSquares(x, y);
        close(alone.coefficients, [whole.coefficients[k]], 1e-8);
        close(alone.residuals, whole.residuals, 1e-8);
      }),
      runs,
    );
  });

  it('scales with units: errors and coefficients alike, t-values not at all', () => {
    fc.assert(
      fc.property(
        someProblem,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.constantFrom('classic', 'white', 'hc1', 'hc2', 'hc3', 'newey-west'),
        ({ x, y }, scale, covariance) => {
          const plain = ordinaryLeastSquares(x, y, { covariance });
          const scaled = ordinaryLeastSquares(
            { ...x, data: x.data.map((each, at) => (at % x.columns === 0 ? each : each * scale)) },
            y.map((each) => each * 7),
            { covariance },
          );
          // An error that is 0 but for rounding gives a t-value of nothing but rounding.
          fc.pre(plain.standardErrors.every((each) => each > 1e-6));
          close(
            scaled.coefficients,
            plain.coefficients.map((each, j) => (j === 0 ? each * 7 : (each * 7) / scale)),
            1e-7,
          );
          close(scaled.t, plain.t, 1e-6);
          close([scaled.r2], [plain.r2], 1e-9);
        },
      ),
      runs,
    );
  });

  it('has errors from a positive semidefinite covariance, whatever the lag', () => {
    fc.assert(
      fc.property(someProblem, fc.integer({ min: 0, max: 60 }), ({ x, y }, lags) => {
        const { covariance } = ordinaryLeastSquares(x, y, { covariance: 'newey-west', lags });
        const values = covariance ? symmetricEigen(covariance).values : Float64Array.of(-1);
        expect(values[0]).toBeGreaterThan(-1e-10 * Math.max(1e-6, values[values.length - 1]));
      }),
      runs,
    );
  });

  it('counts an observation of weight 2 as two', () => {
    fc.assert(
      fc.property(someProblem, ({ x, y }) => {
        const weights = y.map((_, i) => (i % 3 === 0 ? 2 : 1));
        const rows = [...y].flatMap((_, i) => (i % 3 === 0 ? [i, i] : [i]));
        const twice = ordinaryLeastSquares(
          fromRows(rows.map((i) => [...x.data.subarray(i * x.columns, (i + 1) * x.columns)])),
          Float64Array.from(rows, (i) => y[i]),
        );
        const weighted = ordinaryLeastSquares(x, y, { weights });
        close(weighted.coefficients, twice.coefficients, 1e-8);
        close([weighted.r2], [twice.r2], 1e-9);
      }),
      runs,
    );
  });

  it('names the columns that depend on others and gives them no error', () => {
    const rows = Array.from({ length: 12 }, (_, i) => {
      const one = Math.sin(i);
      return [1, one, 2 * one - 3, Math.cos(i)];
    });
    const y = Float64Array.from(rows, (_, i) => i % 5);
    const fit = ordinaryLeastSquares(fromRows(rows), y);
    expect(fit.rank).toBe(3);
    expect(fit.dependent).toHaveLength(1);
    expect(fit.covariance).toBeNull();
    expect([...fit.standardErrors].every(Number.isNaN)).toBe(true);
    expect([...varianceInflation(withoutConstant(fromRows(rows)))]).toContain(
      Number.POSITIVE_INFINITY,
    );
  });

  it('has no R² of a constant and no errors of as many columns as rows', () => {
    const square = fromRows([
      [1, 2],
      [1, 5],
    ]);
    expect(ordinaryLeastSquares(square, Float64Array.of(3, 3)).r2).toBeNaN();
    expect(ordinaryLeastSquares(square, Float64Array.of(3, 4)).standardErrors[0]).toBeNaN();
    expect(() => ordinaryLeastSquares(square, Float64Array.of(1))).toThrow(RangeError);
    expect(() =>
      ordinaryLeastSquares(square, Float64Array.of(1, 2), { weights: Float64Array.of(1, 0) }),
    ).toThrow('0 is no weight');
  });
});

describe('penalised regression', () => {
  it('of an elastic net meets the conditions of optimality', () => {
    fc.assert(
      fc.property(
        someProblem,
        fc.double({ min: 1e-4, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (problem, alpha, absoluteShare) => {
          const { x } = standardise(withoutConstant(problem.x));
          const { coefficients, converged } = elasticNet(x, problem.y, { alpha, absoluteShare });
          expect(converged).toBe(true);
          const n = x.rows;
          coefficients.forEach((b, j) => {
            let gradient = 0;
            for (let i = 0; i < n; i++) {
              let residual = problem.y[i];
              coefficients.forEach((each, c) => {
                residual -= each * x.data[i * x.columns + c];
              });
              gradient += (x.data[i * x.columns + j] * residual) / n;
            }
            const limit = alpha * absoluteShare;
            if (b === 0) expect(Math.abs(gradient)).toBeLessThanOrEqual(limit + 1e-10);
            else {
              close([gradient], [alpha * (1 - absoluteShare) * b + Math.sign(b) * limit], 1e-9);
            }
          });
        },
      ),
      runs,
    );
  });

  it('is ridge regression where no part of the penalty is absolute', () => {
    fc.assert(
      fc.property(someProblem, fc.double({ min: 0.01, max: 3, noNaN: true }), ({ x, y }, alpha) => {
        const z = standardise(withoutConstant(x)).x;
        const net = elasticNet(z, y, { alpha, absoluteShare: 0 });
        close(net.coefficients, ridge(z, y, alpha * x.rows) ?? [], 1e-9);
      }),
      runs,
    );
  });

  it('keeps nothing under a penalty that is large enough, and a column that does not vary out', () => {
    const x = standardise(
      fromRows([
        [1, 4],
        [2, 4],
        [3, 4],
        [5, 4],
      ]),
    ).x;
    const y = Float64Array.of(-1, 0, 0, 1);
    expect([...elasticNet(x, y, { alpha: 10, absoluteShare: 1 }).coefficients]).toEqual([0, 0]);
    expect(elasticNet(x, y, { alpha: 1e-3, absoluteShare: 1 }).coefficients[1]).toBe(0);
  });
});

describe("Huber's regression", () => {
  it('is least squares but for one wild observation, which it hardly follows', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [1, i]);
    const y = Float64Array.from(rows, (_, i) => 2 + 3 * i + Math.sin(5 * i));
    const calm = huberRegression(fromRows(rows), y).fit.coefficients;
    y[39] = 1e4;
    const { fit, weights, converged } = huberRegression(fromRows(rows), y);
    expect(converged).toBe(true);
    expect(weights[39]).toBeLessThan(0.01);
    expect(Math.abs(fit.coefficients[1] - calm[1])).toBeLessThan(0.02);
    expect(ordinaryLeastSquares(fromRows(rows), y).coefficients[1]).toBeGreaterThan(10);
  });

  it('fits exactly what most observations lie on', () => {
    const rows = Array.from({ length: 9 }, (_, i) => [1, i]);
    const { fit } = huberRegression(
      fromRows(rows),
      Float64Array.from(rows, (_, i) => 1 - i),
    );
    close(fit.coefficients, [1, -1], 1e-12);
  });
});

describe('rolling regression', () => {
  it('is the regression of each window on its own', () => {
    fc.assert(
      fc.property(someProblem, fc.nat(), ({ x, y }, seed) => {
        const k = x.columns - 1;
        const window = k + 3 + (seed % Math.max(1, x.rows - k - 3));
        const columns = withoutConstant(x);
        const series = matrix(x.rows, 2);
        y.forEach((each, i) => {
          series.data[i * 2] = each;
          series.data[i * 2 + 1] = 1000 - 3 * each;
        });
        const rolled = rollingRegression(columns, series, window);
        for (let t = 0; t < rolled.windows; t++) {
          const design = matrix(window, k + 1, x.data.slice(t * (k + 1), (t + window) * (k + 1)));
          for (let s = 0; s < 2; s++) {
            const own = y.slice(t, t + window).map((each) => (s === 0 ? each : 1000 - 3 * each));
            const alone = ordinaryLeastSquares(design, own);
            if (rolled.dependent.includes(t) || alone.dependent.length > 0) continue;
            const inflation = Math.max(...varianceInflation(withoutConstant(design)));
            if (inflation > 1e4) continue;
            const found = alone.coefficients.map(
              (_, j) => rolled.coefficients[(t * (k + 1) + j) * 2 + s],
            );
            close(found, alone.coefficients, 1e-7);
            if (!Number.isNaN(alone.r2)) close([rolled.r2[t * 2 + s]], [alone.r2], 1e-7);
          }
        }
      }),
      runs,
    );
  });

  it('marks windows in which a column does not vary, and goes on after them', () => {
    const x = matrix(
      30,
      1,
      Float64Array.from({ length: 30 }, (_, i) => (i < 12 ? 1 : i * i)),
    );
    const y = matrix(
      30,
      1,
      Float64Array.from({ length: 30 }, (_, i) => 5 + 2 * x.data[i]),
    );
    const { dependent, coefficients, r2 } = rollingRegression(x, y, 10);
    expect(dependent).toEqual([0, 1, 2]);
    expect(coefficients[0]).toBeNaN();
    close(coefficients.slice(6, 8), [5, 2], 1e-9);
    close([r2[20]], [1], 1e-9);
    expect(() => rollingRegression(x, y, 2)).toThrow(RangeError);
  });
});
