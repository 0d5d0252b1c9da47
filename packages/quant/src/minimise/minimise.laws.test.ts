import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bfgs } from './bfgs.ts';
import { findRoot } from './find-root.ts';
import { minimiseScalar } from './minimise-scalar.ts';
import { nelderMead } from './nelder-mead.ts';
import { newtonSystem } from './newton-system.ts';
import { numericGradient, numericHessian, numericJacobian } from './numeric-derivatives.ts';

const real = fc.double({ min: -5, max: 5, noNaN: true });
const vector = (n: number) => fc.array(real, { minLength: n, maxLength: n });

/** ½ (x − c)ᵀ (MᵀM + I) (x − c), lowest at c. */
function bowl(entries: readonly number[], centre: readonly number[]) {
  const n = centre.length;
  const times = (x: Float64Array): Float64Array => {
    const d = x.map((each, i) => each - (centre[i] ?? 0));
    const md = d.map((_, i) =>
      d.reduce((sum, each, j) => sum + (entries[i * n + j] ?? 0) * each, 0),
    );
    return d.map(
      (each, i) => each + md.reduce((sum, e, j) => sum + (entries[j * n + i] ?? 0) * e, 0),
    );
  };
  const f = (x: Float64Array): number =>
    times(x).reduce((sum, each, i) => sum + (each * (x[i] - (centre[i] ?? 0))) / 2, 0);
  return { f, gradient: (x: Float64Array, out: Float64Array) => out.set(times(x)) };
}

const rosenbrock = (x: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    sum += 100 * (x[i + 1] - x[i] * x[i]) ** 2 + (1 - x[i]) ** 2;
  }
  return sum;
};

describe('findRoot', () => {
  it('finds the root of any increasing cubic to its last bits, inside the bracket', () => {
    fc.assert(
      fc.property(real, fc.double({ min: 0.01, max: 10, noNaN: true }), (root, lead) => {
        const f = (x: number): number => lead * (x - root) ** 3 + (x - root);
        const found = findRoot(f, -7, 9) ?? Number.NaN;
        expect(Math.abs(found - root)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(root)));
      }),
    );
  });

  it('needs few evaluations, also of a function that is flat at its root', () => {
    let count = 0;
    const found = findRoot(
      (x) => {
        count++;
        return Math.exp(x) - 2;
      },
      -10,
      10,
    );
    expect(found).toBeCloseTo(Math.LN2, 15);
    expect(count).toBeLessThan(20);
    expect(findRoot((x) => (x - 1) ** 9, -3, 4)).toBeCloseTo(1, 3);
  });

  it('takes an end that is a root, and has none without a change of sign or with NaN', () => {
    expect(findRoot((x) => x, 0, 5)).toBe(0);
    expect(findRoot((x) => x - 5, 0, 5)).toBe(5);
    expect(findRoot((x) => x * x + 1, -3, 3)).toBeNull();
    expect(findRoot(Math.log, -1, 3)).toBeNull();
  });
});

describe('minimiseScalar', () => {
  it('finds the bottom of any bowl', () => {
    fc.assert(
      fc.property(real, (bottom) => {
        const { x, converged } = minimiseScalar((t) => Math.cosh(t - bottom), -8, 8);
        expect(converged).toBe(true);
        expect(Math.abs(x - bottom)).toBeLessThan(1e-6);
      }),
    );
  });

  it('comes as near to an end as is asked for where f falls towards it', () => {
    const { x } = minimiseScalar((t) => t, 0, 1, { tolerance: 1e-10 });
    expect(x).toBeLessThan(1e-9);
  });
});

describe('nelderMead and bfgs', () => {
  it('find the bottom of any quadratic bowl', () => {
    fc.assert(
      fc.property(vector(9), vector(3), vector(3), (entries, centre, start) => {
        const { f, gradient } = bowl(entries, centre);
        const from = Float64Array.from(start);
        const exact = bfgs(f, gradient, from);
        const numeric = bfgs(f, undefined, from);
        const simplex = nelderMead(f, from, { maxIterations: 3000 });
        expect(exact.converged && numeric.converged && simplex.converged).toBe(true);
        centre.forEach((c, i) => {
          expect(Math.abs(exact.x[i] - c)).toBeLessThan(1e-6);
          expect(Math.abs(numeric.x[i] - c)).toBeLessThan(1e-4);
          expect(Math.abs(simplex.x[i] - c)).toBeLessThan(1e-3);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('never answer a value above the start', () => {
    fc.assert(
      fc.property(vector(4), (start) => {
        const from = Float64Array.from(start);
        const before = rosenbrock(from);
        expect(bfgs(rosenbrock, undefined, from, { maxIterations: 5 }).value).toBeLessThanOrEqual(
          before,
        );
        expect(nelderMead(rosenbrock, from, { maxIterations: 5 }).value).toBeLessThanOrEqual(
          before,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('follow a bent valley to its end', () => {
    const from = Float64Array.of(-1.2, 1, -1.2, 1);
    const found = bfgs(rosenbrock, undefined, from, { gradientTolerance: 1e-8 });
    found.x.forEach((each) => {
      expect(each).toBeCloseTo(1, 5);
    });
    const simplex = nelderMead(rosenbrock, Float64Array.of(-1.2, 1));
    expect(simplex.value).toBeLessThan(1e-12);
  });

  it('stay inside walls', () => {
    const walled = (x: Float64Array): number => (x[0] > 0 ? x[0] - 3 * Math.log(x[0]) : Number.NaN);
    expect(bfgs(walled, undefined, Float64Array.of(0.01)).x[0]).toBeCloseTo(3, 5);
    expect(nelderMead(walled, Float64Array.of(0.01)).x[0]).toBeCloseTo(3, 5);
    expect(bfgs(walled, undefined, Float64Array.of(-1)).converged).toBe(false);
  });
});

describe('numeric derivatives', () => {
  it('agree with those of a quadratic', () => {
    fc.assert(
      fc.property(vector(4), vector(2), vector(2), (entries, centre, at) => {
        const { f, gradient } = bowl(entries, centre);
        const x = Float64Array.from(at);
        const out = new Float64Array(2);
        gradient(x, out);
        numericGradient(f, x).forEach((each, i) => {
          expect(Math.abs(each - out[i])).toBeLessThan(1e-6);
        });
        const jacobian = numericJacobian((p) => {
          const g = new Float64Array(2);
          gradient(p, g);
          return g;
        }, x);
        numericHessian(f, x).forEach((each, i) => {
          expect(Math.abs(each - jacobian[i])).toBeLessThan(1e-4);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('newtonSystem', () => {
  it('finds where a circle meets a line, with and without a Jacobian', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), (radius) => {
        const f = ([x, y]: Float64Array): Float64Array =>
          Float64Array.of(x * x + y * y - radius * radius, x - y);
        const jacobian = ([x, y]: Float64Array): Float64Array =>
          Float64Array.of(2 * x, 2 * y, 1, -1);
        for (const slopes of [jacobian, undefined]) {
          const { x, converged } = newtonSystem(f, slopes, Float64Array.of(1, 2), {
            tolerance: 1e-9,
          });
          expect(converged).toBe(true);
          expect(x[0] / radius).toBeCloseTo(Math.SQRT1_2, 8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('says where no step helps', () => {
    const f = ([x]: Float64Array): Float64Array => Float64Array.of(x * x + 1);
    expect(newtonSystem(f, undefined, Float64Array.of(3)).converged).toBe(false);
  });
});
