import { environment, readConfig } from '../../config.ts';

/** What a strategy of the user's may take. */
export interface OwnLimits {
  /** From its start to its answer, milliseconds. */
  readonly wallMs: number;
  /** Of a processor, seconds. */
  readonly cpuSeconds: number;
  /** Beside what the process needs by itself, megabytes. */
  readonly memoryMb: number;
  /** What it may answer, bytes. */
  readonly outputBytes: number;
}

/** As the settings have it: twice the seconds of a processor, as collecting garbage uses several. */
export function ownLimits(): OwnLimits {
  const { seconds, megabytes } = readConfig(environment()).strategyLimits;
  return {
    wallMs: seconds * 1000,
    cpuSeconds: 2 * seconds,
    memoryMb: megabytes,
    outputBytes: 256 * 1024 * 1024,
  };
}
