import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cholesky,
  inverseSpd,
  logDeterminantCholesky,
  solveCholesky,
  solveCholeskyMatrix,
} from './cholesky.ts';
import { conditionNumber } from './condition-number.ts';
import { leastSquares } from './least-squares.ts';
import { determinant, inverse, solve } from './lu.ts';
import { columnOf, identity, isSymmetric, type Matrix, matrix, transpose } from './matrix.ts';
import { clippedCorrelation, nearestCorrelation } from './nearest-correlation.ts';
import { nearestPsd, recompose } from './nearest-psd.ts';
import { gram, gramOfRows, multiply, multiplyTransposed, transposedMultiply } from './products.ts';
import { qr } from './qr.ts';
import { svd } from './svd.ts';
import { symmetricEigen, symmetricEigenvalues } from './symmetric-eigen.ts';
import { dot, norm, quadraticForm, timesVector, transposedTimesVector } from './vector.ts';

const entry = fc.double({ min: -3, max: 3, noNaN: true }).map((x) => Math.round(x * 1024) / 1024);
const vectorOf = (n: number) =>
  fc.array(entry, { minLength: n, maxLength: n }).map((x) => Float64Array.from(x));
const matrixOf = (rows: number, columns: number) =>
  vectorOf(rows * columns).map((data) => matrix(rows, columns, data));
const size = fc.integer({ min: 1, max: 9 });
const square = size.chain((n) => matrixOf(n, n));
const any = fc.tuple(size, size).chain(([m, n]) => matrixOf(m, n));
const symmetric = square.map((a) => {
  const s = transpose(a);
  return matrix(
    a.rows,
    a.rows,
    a.data.map((x, i) => x + s.data[i]),
  );
});
/** AᵀA + I/8: condition number bounded. */
const positive = square.map((a) => {
  const g = gram(a);
  return matrix(
    a.rows,
    a.rows,
    g.data.map((x, i) => x + (i % (a.rows + 1) === 0 ? 0.125 : 0)),
  );
});

const distance = (a: Matrix, b: Matrix): number => {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  return a.data.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b.data[i])), 0);
};
const largest = (a: Matrix): number => a.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const law = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void, numRuns = 60) =>
  fc.assert(
    fc.property(arbitrary, (value) => {
      check(value);
    }),
    { numRuns },
  );

/** The obvious product. */
function slowProduct(a: Matrix, b: Matrix): Matrix {
  const c = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.columns; j++) {
      for (let k = 0; k < a.columns; k++) {
        c.data[i * b.columns + j] += a.data[i * a.columns + k] * b.data[k * b.columns + j];
      }
    }
  }
  return c;
}

describe('products', () => {
  const pair = fc
    .tuple(size, size, size)
    .chain(([m, k, n]) => fc.tuple(matrixOf(m, k), matrixOf(k, n)));

  it('are those of the definition, to the bit', () => {
    law(pair, ([a, b]) => {
      expect(multiply(a, b).data).toEqual(slowProduct(a, b).data);
      expect(multiplyTransposed(a, transpose(b)).data).toEqual(slowProduct(a, b).data);
    });
  });

  it('turn around when transposed', () => {
    law(pair, ([a, b]) => {
      expect(transpose(multiply(a, b)).data).toEqual(multiply(transpose(b), transpose(a)).data);
    });
  });

  it('of a matrix with itself are AᵀA and AAᵀ', () => {
    law(any, (a) => {
      expect(gram(a).data).toEqual(multiply(transpose(a), a).data);
      expect(gramOfRows(a).data).toEqual(multiply(a, transpose(a)).data);
    });
  });

  it('with vectors agree with those of matrices', () => {
    law(
      fc.tuple(size, size).chain(([m, n]) => fc.tuple(matrixOf(m, n), vectorOf(n), vectorOf(m))),
      ([a, x, y]) => {
        expect([...timesVector(a, x)]).toEqual([...multiply(a, matrix(a.columns, 1, x)).data]);
        expect([...transposedTimesVector(a, y)]).toEqual([
          ...multiply(matrix(1, a.rows, y), a).data,
        ]);
        expect(dot(x, x)).toBeCloseTo(norm(x) ** 2, 10);
      },
    );
  });

  it('refuse shapes that do not fit', () => {
    expect(() => multiply(matrix(2, 3), matrix(2, 3))).toThrow(RangeError);
    expect(() => multiplyTransposed(matrix(2, 3), matrix(3, 2))).toThrow(RangeError);
    expect(() => matrix(2, 2, new Float64Array(3))).toThrow('3 numbers');
  });
});

describe('the Cholesky factor', () => {
  it('multiplies back to the matrix', () => {
    law(positive, (a) => {
      const l = cholesky(a);
      if (!l) throw new Error('not factored');
      expect(distance(multiplyTransposed(l, l), a)).toBeLessThan(1e-13 * largest(a));
      for (let i = 0; i < a.rows; i++) {
        for (let j = i + 1; j < a.rows; j++) expect(l.data[i * a.rows + j]).toBe(0);
      }
    });
  });

  it('solves, inverts and gives the determinant', () => {
    law(
      positive.chain((a) => fc.tuple(fc.constant(a), vectorOf(a.rows))),
      ([a, b]) => {
        const l = cholesky(a);
        const inverted = inverseSpd(a);
        if (!l || !inverted) throw new Error('not factored');
        const kappa = conditionNumber(a);
        const back = timesVector(a, solveCholesky(l, b));
        expect(norm(back.map((x, i) => x - b[i]))).toBeLessThan(1e-14 * kappa * (1 + norm(b)));
        expect(distance(multiply(a, inverted), identity(a.rows))).toBeLessThan(1e-14 * kappa);
        expect(isSymmetric(inverted, 0)).toBe(true);
        expect(distance(solveCholeskyMatrix(l, identity(a.rows)), inverted)).toBeLessThan(
          1e-13 * kappa * largest(inverted),
        );
        const det = determinant(a);
        expect(logDeterminantCholesky(l)).toBeCloseTo(Math.log(det), 8);
      },
    );
  });

  it.each([31, 32, 50, 67, 130])('solves and inverts at size %i as at any other', (n) => {
    const root = matrix(
      n,
      n,
      Float64Array.from({ length: n * n }, (_, i) => ((i * 7919) % 1009) / 1009),
    );
    const a = gram(root);
    for (let i = 0; i < n; i++) a.data[i * (n + 1)] += 1;
    const l = cholesky(a);
    const inverted = inverseSpd(a);
    if (!l || !inverted) throw new Error('not factored');
    const kappa = conditionNumber(a);
    expect(distance(multiplyTransposed(l, l), a)).toBeLessThan(1e-14 * n * largest(a));
    expect(distance(multiply(a, inverted), identity(n))).toBeLessThan(1e-14 * kappa);
    expect(distance(solveCholeskyMatrix(l, a), identity(n))).toBeLessThan(1e-14 * kappa);
    const column = columnOf(root, 0);
    const wide = matrix(n, 5);
    for (let i = 0; i < n; i++) wide.data.fill(column[i], i * 5, i * 5 + 5);
    const solved = solveCholeskyMatrix(l, wide);
    solveCholesky(l, column).forEach((x, i) => {
      expect(solved.data[i * 5 + 4]).toBe(x);
    });
    expect(distance(gram(root), transposedMultiply(root, root))).toBe(0);
    const eigen = symmetricEigen(a);
    expect(distance(recompose(eigen), a)).toBeLessThan(1e-14 * n * largest(a));
    expect(distance(gram(eigen.vectors), identity(n))).toBeLessThan(1e-14 * n);
    expect(symmetricEigenvalues(a)).toEqual(eigen.values);
  });

  it('is none where there are fewer rows than columns, or two columns are the same', () => {
    const wide = fc.integer({ min: 1, max: 6 }).chain((m) => matrixOf(m, m + 2));
    law(wide, (a) => expect(cholesky(gram(a))).toBeNull());
    law(matrixOf(8, 3), (a) => {
      const twice = matrix(8, 4);
      for (let i = 0; i < 8; i++) {
        twice.data.set(a.data.subarray(i * 3, i * 3 + 3), i * 4);
        twice.data[i * 4 + 3] = a.data[i * 3] * 3;
      }
      expect(cholesky(gram(twice))).toBeNull();
    });
    expect(cholesky(matrix(1, 1, Float64Array.of(Number.NaN)))).toBeNull();
  });
});

describe('LU', () => {
  it('solves what is not singular, and says null of what is', () => {
    law(
      square.chain((a) => fc.tuple(fc.constant(a), vectorOf(a.rows))),
      ([a, b]) => {
        const x = solve(a, b);
        const inverted = inverse(a);
        const kappa = conditionNumber(a);
        if (!x || !inverted) {
          expect(kappa).toBeGreaterThan(1e13 / a.rows ** 3);
          return;
        }
        expect(norm(timesVector(a, x).map((each, i) => each - b[i]))).toBeLessThan(
          1e-13 * kappa * (1 + norm(b)),
        );
        expect(distance(multiply(a, inverted), identity(a.rows))).toBeLessThan(1e-13 * kappa);
      },
    );
    expect(solve(matrix(2, 2, Float64Array.of(1, 2, 2, 4)), Float64Array.of(1, 2))).toBeNull();
    expect(determinant(matrix(2, 2, Float64Array.of(0, 1, 1, 0)))).toBe(-1);
  });
});

describe('symmetric eigenvalues', () => {
  it('reconstruct, ascend, and their vectors are orthonormal', () => {
    law(symmetric, (a) => {
      const eigen = symmetricEigen(a);
      const { values, vectors } = eigen;
      expect(distance(recompose(eigen), a)).toBeLessThan(2e-14 * a.rows * (1 + largest(a)));
      expect(distance(gram(vectors), identity(a.rows))).toBeLessThan(1e-14 * a.rows);
      expect([...values]).toEqual([...values].sort((x, y) => x - y));
      expect(symmetricEigenvalues(a)).toEqual(values);
      const trace = Array.from({ length: a.rows }, (_, i) => a.data[i * (a.rows + 1)]);
      expect(values.reduce((s, x) => s + x, 0)).toBeCloseTo(
        trace.reduce((s, x) => s + x, 0),
        10,
      );
    });
  });

  it('grow with the matrix, and shift with its diagonal', () => {
    law(symmetric, (a) => {
      const { values } = symmetricEigen(a);
      const twice = symmetricEigen(
        matrix(
          a.rows,
          a.rows,
          a.data.map((x) => 2 * x),
        ),
      );
      expect([...twice.values]).toEqual([...values].map((x) => 2 * x));
      const shifted = symmetricEigen(
        matrix(
          a.rows,
          a.rows,
          a.data.map((x, i) => x + (i % (a.rows + 1) === 0 ? 5 : 0)),
        ),
      );
      shifted.values.forEach((x, i) => {
        expect(x).toBeCloseTo(values[i] + 5, 9);
      });
    });
  });

  it('of a matrix of ones are 0 and n, with the first vector positive', () => {
    const { values, vectors } = symmetricEigen(matrix(4, 4, new Float64Array(16).fill(1)));
    expect(values[3]).toBeCloseTo(4, 13);
    for (let i = 0; i < 4; i++) expect(vectors.data[i * 4 + 3]).toBeCloseTo(0.5, 13);
    expect(symmetricEigen(matrix(0, 0)).values).toHaveLength(0);
  });

  it('are had to the last digits however the rows are scaled', () => {
    for (const scale of [1e-150, 1e150]) {
      const { values } = symmetricEigen(
        matrix(
          2,
          2,
          Float64Array.of(2, 1, 1, 2).map((x) => x * scale),
        ),
      );
      expect(values[0] / scale).toBeCloseTo(1, 13);
      expect(values[1] / scale).toBeCloseTo(3, 13);
    }
  });
});

describe('QR and least squares', () => {
  const tall = fc
    .tuple(size, fc.integer({ min: 0, max: 5 }))
    .chain(([n, more]) => matrixOf(n + more, n));

  it('Q·R is A, R has no negative diagonal', () => {
    law(tall, (a) => {
      const { q, r } = qr(a);
      expect(distance(multiply(q, r), a)).toBeLessThan(1e-13 * (1 + largest(a)));
      expect(distance(gram(q), identity(a.columns))).toBeLessThan(1e-13);
      for (let j = 0; j < a.columns; j++) {
        expect(r.data[j * a.columns + j]).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it('leaves a residual that no column can explain, also where columns depend', () => {
    law(
      any.chain((a) => fc.tuple(fc.constant(a), vectorOf(a.rows))),
      ([a, b]) => {
        const { x, rank, dependent, residual, inverseGram } = leastSquares(a, b);
        const rest = timesVector(a, x).map((each, i) => b[i] - each);
        const kappa = 1 + largest(matrix(a.columns, 1, x));
        expect(norm(transposedTimesVector(a, rest))).toBeLessThan(
          1e-12 * kappa * (1 + largest(a)) ** 2,
        );
        expect(dot(rest, rest)).toBeCloseTo(residual, 8);
        expect(rank + dependent.length).toBe(a.columns);
        for (const column of dependent) expect(x[column]).toBe(0);
        if (inverseGram) {
          const bound = 1e-13 * conditionNumber(a) ** 2;
          expect(distance(multiply(gram(a), inverseGram), identity(a.columns))).toBeLessThan(
            1 + bound,
          );
        }
      },
    );
  });

  it('does not mind units that are very small or large', () => {
    for (const unit of [1e-140, 1e140]) {
      const a = matrix(
        3,
        2,
        Float64Array.of(1, 0, 1, 1, 1, 3).map((x) => x * unit),
      );
      const { x, rank } = leastSquares(
        a,
        Float64Array.of(1, 3, 7).map((y) => y * unit),
      );
      expect(rank).toBe(2);
      expect(x[0]).toBeCloseTo(1, 12);
      expect(x[1]).toBeCloseTo(2, 12);
    }
  });

  it('names the column that repeats another, whatever its unit', () => {
    const x = [1, 2, 4, 7, 11];
    const a = matrix(5, 3, Float64Array.from(x.flatMap((each) => [1, each, each * 1e-9])));
    expect(leastSquares(a, Float64Array.from(x)).rank).toBe(2);
    const free = matrix(5, 3, Float64Array.from(x.flatMap((each, i) => [1, each, i * 1e-9])));
    expect(leastSquares(free, Float64Array.from(x)).rank).toBe(3);
  });
});

describe('singular values', () => {
  it('reconstruct, descend and square to the eigenvalues of AᵀA', () => {
    law(any, (a) => {
      const { u, values, v } = svd(a);
      const k = values.length;
      const scaled = matrix(
        a.rows,
        k,
        u.data.map((x, i) => x * values[i % k]),
      );
      expect(distance(multiplyTransposed(scaled, v), a)).toBeLessThan(1e-13 * (1 + largest(a)));
      expect([...values]).toEqual([...values].sort((x, y) => y - x));
      const squares = [...symmetricEigen(gram(a)).values].reverse();
      values.forEach((s, i) => {
        expect(s * s).toBeCloseTo(squares[i], 9);
      });
    });
  });

  it('give a condition number of 1 to what only turns, and none of use to what is singular', () => {
    law(square, (a) => {
      if (!inverse(a)) return;
      expect(conditionNumber(qr(a).q)).toBeCloseTo(1, 9);
    });
    expect(conditionNumber(matrix(2, 2))).toBe(Number.POSITIVE_INFINITY);
    expect(conditionNumber(matrix(2, 2, Float64Array.of(4, 0, 0, -0.5)))).toBe(8);
  });
});

describe('the nearest matrices', () => {
  it('have no negative eigenvalue, and leave alone what has none', () => {
    law(symmetric, (a) => {
      const near = nearestPsd(a);
      expect(symmetricEigen(near).values[0]).toBeGreaterThan(-1e-13 * (1 + largest(a)));
      expect(isSymmetric(near, 0)).toBe(true);
    });
    law(positive, (a) => expect(nearestPsd(a).data).toEqual(a.data));
    law(symmetric, (a) =>
      expect(symmetricEigen(nearestPsd(a, 0.5)).values[0]).toBeGreaterThan(0.5 - 1e-12),
    );
  });

  it('are no farther than any other correlation matrix', () => {
    const three = fc.tuple(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    );
    law(three, ([x, y, z]) => {
      const a = matrix(3, 3, Float64Array.of(1, x, y, x, 1, z, y, z, 1));
      const { correlation, distance: found, converged } = nearestCorrelation(a);
      expect(converged).toBe(true);
      const clipped = clippedCorrelation(a);
      const other = Math.sqrt(clipped.data.reduce((s, each, i) => s + (each - a.data[i]) ** 2, 0));
      expect(found).toBeLessThanOrEqual(other + 1e-9);
      for (const each of [correlation, clipped]) {
        expect(symmetricEigen(each).values[0]).toBeGreaterThan(-1e-9);
        expect([0, 4, 8].map((i) => each.data[i])).toEqual([1, 1, 1]);
      }
    });
  });

  // Higham 2002, §4: the tridiagonal example, checked with numpy 1.24.2.
  it('agree with Higham’s example', () => {
    const a = matrix(3, 3, Float64Array.of(1, 1, 0, 1, 1, 1, 0, 1, 1));
    const { correlation, distance: found } = nearestCorrelation(a);
    expect(correlation.data[1]).toBeCloseTo(0.7607, 4);
    expect(correlation.data[2]).toBeCloseTo(0.1573, 4);
    expect(found).toBeCloseTo(0.5278, 4);
  });

  it('quadratic forms of them are never negative', () => {
    law(
      symmetric.chain((a) => fc.tuple(fc.constant(a), vectorOf(a.rows))),
      ([a, x]) => {
        expect(quadraticForm(nearestPsd(a), x)).toBeGreaterThan(-1e-11 * (1 + largest(a)));
      },
    );
  });
});
