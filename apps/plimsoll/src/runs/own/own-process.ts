import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { OwnLimits } from './own-limits.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..', '..');
const usualEntry = join(import.meta.dirname, 'own-strategy-process.ts');
/** What the process may read beside the folder of strategies: our own code. */
const ownCode = [
  'package.json',
  'packages',
  'apps/plimsoll/package.json',
  'apps/plimsoll/src',
  'node_modules/@plimsoll',
];
/** What a process of Node takes before it does anything, megabytes: as the kernel counts data. */
export const baseMb = 700;

/**
 * Starts a process that sees our code and one folder and can do nothing but compute: the flags keep
 * files, processes, threads and native code from it, the environment is empty.
 */
export function startOwnProcess(
  folder: string,
  { memoryMb, cpuSeconds }: Pick<OwnLimits, 'memoryMb' | 'cpuSeconds'>,
  entry = usualEntry,
): ChildProcess {
  const readable = [...ownCode.map((path) => join(repository, path)), folder];
  const flags = [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--experimental-vm-modules',
    '--disallow-code-generation-from-strings',
    // What is passed to a strategy leads to our own realm's prototypes.
    '--frozen-intrinsics',
    '--stack-trace-limit=100',
    '--disable-warning=ExperimentalWarning',
    `--max-old-space-size=${memoryMb}`,
  ];
  const options = {
    stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'],
    // No keys, no proxies; the same clock and language everywhere.
    env: { TZ: 'UTC' },
    cwd: folder,
  };
  if (process.platform !== 'linux') return spawn(process.execPath, [...flags, entry], options);
  // The kernel refuses what is beyond these, wherever it is asked for: buffers are not in V8's own limit.
  const limits = [`-d ${(baseMb + memoryMb) * 1024}`, `-t ${cpuSeconds}`, '-c 0', '-f 0'];
  const kernel = `${limits.map((one) => `ulimit ${one}`).join('; ')}; exec "$0" "$@"`;
  return spawn('/bin/sh', ['-c', kernel, process.execPath, ...flags, entry], options);
}
