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

export const ownLimits: OwnLimits = {
  wallMs: 60_000,
  cpuSeconds: 120,
  memoryMb: 1024,
  outputBytes: 256 * 1024 * 1024,
};
