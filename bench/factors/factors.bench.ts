import { join } from 'node:path';
import { famaMacBeth } from '@plimsoll/analytics/factors';
import { seededRandom } from '@plimsoll/kernel';
import { columnOf, type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { ordinaryLeastSquares, rollingRegression, solveColumns } from '@plimsoll/quant/regression';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, title } from '../report.ts';

const periods = 2520;
const series = 500;
const factorCount = 3;
const window = 252;
const random = seededRandom(1);

const noise = (rows: number, columns: number): Matrix =>
  matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => 0.01 * random.normal()),
  );

function drawn(): { readonly factors: Matrix; readonly returns: Matrix } {
  const factors = noise(periods, factorCount);
  const returns = noise(periods, series);
  const betas = Float64Array.from({ length: factorCount * series }, () => random.normal());
  for (let t = 0; t < periods; t++) {
    for (let k = 0; k < factorCount; k++) {
      const moved = factors.data[t * factorCount + k] ?? 0;
      for (let i = 0; i < series; i++) {
        returns.data[t * series + i] =
          (returns.data[t * series + i] ?? 0) + moved * (betas[k * series + i] ?? 0);
      }
    }
  }
  return { factors, returns };
}

function withConstant({ rows, columns, data }: Matrix): Matrix {
  const made = matrix(rows, columns + 1);
  for (let t = 0; t < rows; t++) {
    made.data.set([1, ...data.subarray(t * columns, (t + 1) * columns)], t * (columns + 1));
  }
  return made;
}

/** Regressions on factors beside NumPy and statsmodels. */
export async function run(): Promise<void> {
  const theirs = reference(join(import.meta.dirname, 'factors.py'), 1);
  const { factors, returns } = drawn();
  const design = withConstant(factors);
  const one = columnOf(returns, 0);
  const single = matrix(periods, 1, one);
  const names = ['one', 'two', 'three'];
  const k = factorCount + 1;
  const windows = periods - window + 1;

  title(
    `Rolling regression of ${series} series × ${periods} days on ${factorCount} factors, window ${window}, one thread`,
  );
  line('work', 'ours', 'peer', 'ours to peer');
  const rolled = best(5, () => rollingRegression(factors, returns, window));
  const show = (what: string, time: number, peer: number | undefined): void =>
    line(what, ms(time), peer === undefined ? '–' : ms(peer), ratio(time, peer));
  show('with R², to NumPy by running sums without', rolled, theirs?.['rolling']);
  show('with R², to NumPy window by window', rolled, theirs?.['rolling windows one by one']);
  const bytes = windows * (k + 1) * series * 8;
  // Per window and series: 4k to update, 2k² to solve, 2k for R²; each number written once.
  const operations = windows * series * (4 * k + 2 * k * k + 2 * k);
  line(
    'operations, and what is written',
    `${(operations / 1e6).toFixed(0)} M`,
    megabytes(bytes),
    `${(operations / rolled / 1e6).toFixed(2)} Gflop/s`,
  );
  show(
    'one series, to statsmodels RollingOLS',
    best(9, () => rollingRegression(factors, single, window)),
    theirs?.['statsmodels rolling one series'],
  );

  title(`One regression of ${periods} days`);
  line('work', 'ours', 'peer', 'ours to peer');
  show(
    'coefficients on 3 factors, to lstsq',
    best(200, () => solveColumns(design, single)),
    theirs?.['ols 3'],
  );
  const wide = withConstant(noise(periods, 50));
  show(
    'coefficients on 50 factors, to lstsq',
    best(20, () => solveColumns(wide, single)),
    theirs?.['ols 50'],
  );
  show(
    'all of a fit on 3 factors, to statsmodels',
    best(200, () => ordinaryLeastSquares(design, one)),
    theirs?.['statsmodels ols'],
  );
  const hac = best(100, () =>
    ordinaryLeastSquares(design, one, { covariance: 'newey-west', lags: 8 }),
  );
  show('errors alone in NumPy', hac, theirs?.['newey-west']);
  show('with Newey–West of lag 8, to statsmodels', hac, theirs?.['statsmodels hac']);
  show(
    `Fama–MacBeth of ${series} instruments, to NumPy`,
    best(3, () => famaMacBeth(returns, { names, returns: factors })),
    theirs?.['fama-macbeth'],
  );
}
