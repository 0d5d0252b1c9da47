import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { batchHistoricalRisk } from '@plimsoll/analytics/risk';
import { seededRandom } from '@plimsoll/kernel';
import type { Matrix } from '@plimsoll/quant/linear-algebra';
import { plainLowest } from '../../packages/quant/src/linear-algebra/lowest-products.ts';
import { ratio } from '../best.ts';
import { reference } from '../reference.ts';
import { line, megabytes, ms, type Taken, take } from '../report.ts';
import type { Share } from './share-worker.ts';

const [portfolios, instruments, scenarios] = [10_000, 500, 1_000];
const levels = [0.95, 0.99];

const shared = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  data: new Float64Array(new SharedArrayBuffer(rows * columns * 8)),
});

function drawn(): { readonly weights: Matrix; readonly returns: Matrix } {
  const random = seededRandom(1);
  const returns = shared(scenarios, instruments);
  for (let i = 0; i < returns.data.length; i++) {
    returns.data[i] = 0.0003 + random.normal() / 100;
  }
  const weights = shared(portfolios, instruments);
  for (let i = 0; i < portfolios; i++) {
    const row = weights.data.subarray(i * instruments, (i + 1) * instruments);
    for (let j = 0; j < instruments; j++) row[j] = -Math.log(1 - random.next());
    const sum = row.reduce((total, value) => total + value, 0);
    for (let j = 0; j < instruments; j++) row[j] = (row[j] ?? 0) / sum;
  }
  return { weights, returns };
}

/** The fastest of several runs, by the clock. */
async function fastest(runs: number, work: () => unknown): Promise<Taken> {
  let best: Taken = { wallMs: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY };
  for (let i = 0; i < runs; i++) {
    const taken = await take(work);
    if (taken.wallMs < best.wallMs) best = taken;
  }
  return best;
}

async function withWorkers(count: number, weights: Matrix, returns: Matrix) {
  const cvar = new Float64Array(new SharedArrayBuffer(portfolios * levels.length * 8));
  const workers = Array.from({ length: count }, (_, i) => {
    const workerData: Share = {
      weights,
      returns,
      levels,
      from: Math.floor((i * portfolios) / count),
      until: Math.floor(((i + 1) * portfolios) / count),
      cvar,
    };
    return new Worker(join(import.meta.dirname, 'share-worker.ts'), { workerData });
  });
  await Promise.all(workers.map((worker) => once(worker, 'online')));
  const taken = await fastest(8, async () => {
    const done = workers.map((worker) => once(worker, 'message'));
    for (const worker of workers) worker.postMessage('go');
    await Promise.all(done);
  });
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { taken, cvar };
}

/** VaR and CVaR at two levels of 10,000 portfolios × 500 instruments × 1,000 scenarios. */
export async function run(): Promise<void> {
  const { weights, returns } = drawn();
  const script = join(import.meta.dirname, 'batch-risk.py');
  const [one, two] = [reference(script, 1), reference(script, 2)];
  const alone = await fastest(6, () => batchHistoricalRisk(weights, returns, { levels }));
  const pair = await withWorkers(2, weights, returns);
  const exact = batchHistoricalRisk(weights, returns, { levels }).cvar;
  if (!exact.every((value, i) => value === pair.cvar[i])) throw new Error('the workers disagree');
  const part = 200;
  const plain = await take(() =>
    plainLowest(weights, returns, { count: 52, from: 0, until: part }),
  );
  const whole = (plain.cpuMs * portfolios) / part;

  const products = portfolios * instruments * scenarios;
  const rows = [
    ['1 thread', alone, one],
    ['2 threads', pair.taken, two],
  ] as const;
  line('', 'wall', 'CPU', 'products/s', 'NumPy wall', 'NumPy CPU', 'by wall', 'by CPU');
  for (const [name, { wallMs, cpuMs }, theirs] of rows) {
    line(
      name,
      ms(wallMs),
      ms(cpuMs),
      `${(products / wallMs / 1e6).toFixed(1)} G`,
      theirs ? ms(theirs['wall'] ?? 0) : '–',
      theirs ? ms(theirs['cpu'] ?? 0) : '–',
      ratio(wallMs, theirs?.['wall']),
      ratio(cpuMs, theirs?.['cpu']),
    );
  }
  line('plain loops in double precision, CPU', ms(whole), `${(whole / alone.cpuMs).toFixed(1)}×`);
  line(
    'scenarios',
    megabytes(returns.data.byteLength),
    'weights',
    megabytes(weights.data.byteLength),
  );
}
