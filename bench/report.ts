import { cpus } from 'node:os';

/** What one measured piece of work took. */
export interface Taken {
  readonly wallMs: number;
  /** User and system time of the whole process, all threads. */
  readonly cpuMs: number;
}

/** Runs `work` once and says what it took. */
export async function take<T>(work: () => Promise<T> | T): Promise<Taken & { readonly result: T }> {
  const cpu = process.cpuUsage();
  const from = performance.now();
  const result = await work();
  const wallMs = performance.now() - from;
  const used = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (used.user + used.system) / 1000, result };
}

/** The one in the middle by wall time. */
export function middle(all: readonly Taken[]): Taken {
  const sorted = all.toSorted((a, b) => a.wallMs - b.wallMs);
  return sorted[Math.floor(sorted.length / 2)] ?? { wallMs: Number.NaN, cpuMs: Number.NaN };
}

/** The middle of several runs of the same work. */
export async function median(runs: number, work: () => Promise<unknown> | unknown): Promise<Taken> {
  const all: Taken[] = [];
  for (let i = 0; i < runs; i++) all.push(await take(work));
  return middle(all);
}

export const ms = (value: number): string =>
  value >= 100
    ? `${value.toFixed(0)} ms`
    : value >= 1
      ? `${value.toFixed(1)} ms`
      : `${(value * 1000).toFixed(0)} µs`;

export const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

/** One aligned line of a table. */
export function line(...cells: readonly string[]): void {
  const [first = '', ...rest] = cells;
  process.stdout.write(`${first.padEnd(46)}${rest.map((cell) => cell.padStart(15)).join('')}\n`);
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** The machine, so that a figure can be read later. */
export function machine(): void {
  const [first] = cpus();
  process.stdout.write(
    `${first?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, ${process.platform}\n`,
  );
}
