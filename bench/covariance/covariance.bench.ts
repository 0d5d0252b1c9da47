import { join } from 'node:path';
import { type CovarianceMethod, estimateCovariance } from '@plimsoll/analytics/covariance';
import { seededRandom } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, ms } from '../report.ts';

const periods = 1260;
const methods: readonly CovarianceMethod[] = [
  'sample',
  'ledoit-wolf-identity',
  'oas',
  'exponential',
  'ledoit-wolf-single-factor',
  'ledoit-wolf-constant-correlation',
  'gerber',
  'denoised',
];

function drawn(columns: number): Matrix {
  const random = seededRandom(1);
  const made = matrix(periods, columns);
  for (let t = 0; t < periods; t++) {
    const market = random.normal() / 100;
    for (let i = 0; i < columns; i++) {
      made.data[t * columns + i] = 0.8 * market + random.normal() / 100;
    }
  }
  return made;
}

/** Covariance estimators on 1,260 days beside scikit-learn and NumPy. */
export async function run(): Promise<void> {
  const theirs = reference(join(import.meta.dirname, 'covariance.py'), 1);
  line(`${periods} days, one thread`, 'ours', 'peer', 'ours to peer');
  for (const n of [20, 100, 500]) {
    const returns = drawn(n);
    for (const method of methods) {
      const runs = n === 500 ? 5 : 40;
      const time = best(runs, () => estimateCovariance(returns, [], method));
      const peer = theirs?.[`${method} ${n}`];
      line(`${method}, n = ${n}`, ms(time), peer === undefined ? '–' : ms(peer), ratio(time, peer));
    }
  }
}
