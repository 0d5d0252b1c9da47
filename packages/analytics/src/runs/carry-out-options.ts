import type { Digest } from '../learning/feature-definition.ts';
import type { Strategy } from '../strategy/define-strategy.ts';
import type { RunProgress } from './run-task.ts';

/** What carrying a task out needs beside it. */
export interface CarryOutOptions {
  /** The strategy of the task, remembering nothing of earlier runs of it. */
  readonly fresh: () => Promise<Strategy>;
  readonly onProgress: (progress: RunProgress) => void;
  /** Asked now and then; the answer is then `run.stopped`. */
  readonly shouldStop: () => boolean;
  /** Names contents, such as by SHA-256; models are not learnt where it is not there. */
  readonly digest?: Digest;
}
