import { cpus } from 'node:os';
import { join } from 'node:path';
import {
  cholesky,
  gram,
  inverseSpd,
  type Matrix,
  matrix,
  multiply,
  symmetricEigen,
  symmetricEigenvalues,
  transpose,
} from '@plimsoll/quant/linear-algebra';
import { plainCholesky } from '../../packages/quant/src/linear-algebra/cholesky.ts';
import { plainWork } from '../../packages/quant/src/linear-algebra/eigen-steps.ts';
import { plainProduct } from '../../packages/quant/src/linear-algebra/plain-product.ts';
import { decompose } from '../../packages/quant/src/linear-algebra/symmetric-eigen.ts';
import { best, ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, ms } from '../report.ts';

const n = 500;
const periods = 1260;

interface Work {
  readonly name: string;
  readonly id: string;
  readonly flops: number;
  readonly ours: () => unknown;
  readonly plain?: () => unknown;
}

function drawn(rows: number, columns: number): Matrix {
  const made = matrix(rows, columns);
  let state = 1;
  for (let i = 0; i < made.data.length; i++) {
    state = (state * 48271) % 2147483647;
    made.data[i] = state / 2147483647 - 0.5;
  }
  return made;
}

function works(): Work[] {
  const [a, b, tall] = [drawn(n, n), drawn(n, n), drawn(periods, n)];
  const spd = gram(a);
  for (let i = 0; i < n; i++) spd.data[i * (n + 1)] = (spd.data[i * (n + 1)] ?? 0) + 1;
  const [out, across] = [new Float64Array(n * n), transpose(tall).data];
  const square = { m: n, n, k: n };
  return [
    {
      name: 'A·B, 500 × 500 × 500',
      id: 'multiply',
      flops: 2 * n ** 3,
      ours: () => multiply(a, b),
      plain: () => plainProduct(a.data, b.data, out, square),
    },
    {
      name: 'AᵀA, 1,260 × 500',
      id: 'gram',
      flops: periods * n * n,
      ours: () => gram(tall),
      plain: () => plainProduct(across, across, out, { ...square, k: periods, lower: true }),
    },
    {
      name: 'Cholesky, 500',
      id: 'cholesky',
      flops: n ** 3 / 3,
      ours: () => cholesky(spd),
      plain: () => plainCholesky(spd.data, out, n),
    },
    { name: 'inverse by Cholesky, 500', id: 'inverse', flops: n ** 3, ours: () => inverseSpd(spd) },
    {
      name: 'symmetric eigen, 500',
      id: 'eigen',
      flops: 9 * n ** 3,
      ours: () => symmetricEigen(spd),
      plain: () => decompose(spd, plainWork(n)),
    },
    {
      name: 'eigenvalues alone, 500',
      id: 'eigenvalues',
      flops: (4 / 3) * n ** 3,
      ours: () => symmetricEigenvalues(spd),
    },
  ];
}

/** Dense products, factors and eigenvalues beside NumPy and plain loops. */
export async function run(): Promise<void> {
  const script = join(import.meta.dirname, 'linear-algebra.py');
  const [one, two] = [reference(script, 1), reference(script, 2)];
  // Two additions and two multiplications of two doubles a cycle, without fused multiply-add. Virtual
  // machines often do not say their clock; 3.7 GHz is then taken.
  const clock = (cpus()[0]?.speed || 3700) / 1000;
  const limit = 8 * clock;
  line(`limit at ${clock} GHz and 128 bits: ${limit.toFixed(1)} GFlop/s`);
  line('', 'ours', 'GFlop/s', 'of limit', 'plain', 'NumPy 1 thr', 'NumPy 2 thr', 'ours to 1 thr');
  for (const { name, id, flops, ours, plain } of works()) {
    const time = best(9, ours);
    const rate = flops / time / 1e6;
    line(
      name,
      ms(time),
      rate.toFixed(1),
      `${((100 * rate) / limit).toFixed(0)} %`,
      plain ? ms(best(4, plain)) : '–',
      one ? ms(one[id] ?? Number.NaN) : '–',
      two ? ms(two[id] ?? Number.NaN) : '–',
      ratio(time, one?.[id]),
    );
  }
}
