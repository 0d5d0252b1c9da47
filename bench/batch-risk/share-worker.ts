import { parentPort, workerData } from 'node:worker_threads';
import { batchHistoricalRisk } from '@plimsoll/analytics/risk';
import type { Matrix } from '@plimsoll/quant/linear-algebra';

/** What a worker is given: matrices over shared memory, and where its answers go. */
export interface Share {
  readonly weights: Matrix;
  readonly returns: Matrix;
  readonly levels: readonly number[];
  readonly from: number;
  readonly until: number;
  /** CVaR, shape [portfolios × levels], over shared memory. */
  readonly cvar: Float64Array;
}

const share = workerData as Share;

parentPort?.on('message', () => {
  const { cvar } = batchHistoricalRisk(share.weights, share.returns, share);
  share.cvar.set(cvar, share.from * share.levels.length);
  parentPort?.postMessage('done');
});
