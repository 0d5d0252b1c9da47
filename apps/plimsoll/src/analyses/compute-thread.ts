import { computeHere } from '../compose.ts';

/** What a thread of the pool is given to do. */
export interface ComputeTask {
  readonly id: string;
  readonly values: unknown;
}

/** Runs in a thread of the pool, which calls it by this name. */
export const computeInThread = ({ id, values }: ComputeTask) => computeHere(id, values);
