import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const python = '/usr/bin/python3';

/**
 * Runs a Python script that prints figures by name as one JSON object, with OpenBLAS on so many
 * threads. Null, with a notice, where there is no Python or it lacks a package.
 */
export function reference(
  script: string,
  threads: number,
): Readonly<Record<string, number>> | null {
  if (!existsSync(python)) return skipped('there is no Python');
  const { status, stdout, stderr } = spawnSync(
    '/usr/bin/env',
    [`OPENBLAS_NUM_THREADS=${threads}`, python, script],
    { encoding: 'utf8' },
  );
  if (status !== 0) return skipped(stderr.trim().split('\n').at(-1) ?? 'it failed');
  return JSON.parse(stdout) as Readonly<Record<string, number>>;
}

function skipped(why: string): null {
  process.stdout.write(`no reference figures: ${why}\n`);
  return null;
}
