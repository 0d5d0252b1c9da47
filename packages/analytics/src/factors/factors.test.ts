import type { Result } from '@plimsoll/kernel';
import { matrix } from '@plimsoll/quant/linear-algebra';
import { describe, expect, it } from 'vitest';
import { famaMacBeth } from './fama-macbeth.ts';
import { principalComponents } from './principal-components.ts';
import { styleAnalysis } from './style-analysis.ts';

/** Seven instruments over 48 periods, made of two factors and waves that no factor explains. */
const periods = 48;
const instruments = 7;
const factors = matrix(periods, 2);
const returns = matrix(periods, instruments);
for (let t = 0; t < periods; t++) {
  const moved = [0.01 * Math.sin(t) + 0.002, 0.008 * Math.cos(1.7 * t)] as const;
  factors.data.set(moved, t * 2);
  for (let i = 0; i < instruments; i++) {
    returns.data[t * instruments + i] =
      0.001 +
      moved[0] * (1 + 0.3 * Math.sin(i)) +
      moved[1] * 0.5 * Math.cos(2 * i) +
      0.004 * Math.sin(t * t + 3 * i * i + t * i);
  }
}

function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

function relative(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  wanted.forEach((each, i) => {
    expect(Math.abs((found[i] ?? Number.NaN) / each - 1)).toBeLessThanOrEqual(tolerance);
  });
}

describe('factors as other tools have them', () => {
  it('Fama and MacBeth: two passes in NumPy 1.24.2, errors of slopes by statsmodels 0.13.5', () => {
    const named = { names: ['one', 'two'], returns: factors };
    const found = granted(famaMacBeth(returns, named, 3));
    relative(
      found.premiums,
      [0.0005139123253261009, 0.002574463679736893, -0.0001584119793863113],
      1e-11,
    );
    relative(
      found.standardErrors,
      [0.0008280748362027835, 0.0012960314823258381, 0.0008960452408201395],
      1e-11,
    );
    relative(
      found.neweyWestErrors,
      [0.0006493632188599914, 0.0012137591896571693, 0.0003612665287931328],
      1e-11,
    );
    relative(
      found.shankenErrors,
      [0.0008814438255348377, 0.001328438489612826, 0.0009050432918606402],
      1e-11,
    );
    relative([found.shankenFactor], [1.1330526870852171], 1e-12);
  });

  it('principal components: scikit-learn 1.2.1', () => {
    const found = principalComponents(returns, 'covariance');
    relative(
      found?.eigenvalues ?? [],
      [0.00037929718388100256, 5.3130730500235885e-5, 9.082667644412946e-6],
      1e-11,
    );
    relative(found?.explained ?? [], [0.814238902997967, 0.11405596866114635], 1e-12);
  });

  it('style: the best of all active sets, each solved in NumPy 1.24.2', () => {
    const indices = matrix(periods, 3);
    const own = new Float64Array(periods);
    for (let t = 0; t < periods; t++) {
      const row = returns.data.subarray(t * instruments, (t + 1) * instruments);
      indices.data.set(row.subarray(0, 3), t * 3);
      own[t] = row[6] ?? Number.NaN;
    }
    const style = granted(styleAnalysis(own, { names: ['A', 'B', 'C'], returns: indices }));
    relative(style.weights, [0.7862425907230124, 0.21347854527870588, 0.0002788639982817297], 1e-9);
    relative([style.r2], [0.8219332940627171], 1e-12);
  });
});
