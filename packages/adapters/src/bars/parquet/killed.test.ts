import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = fileURLToPath(new URL('./testing/doomed-process.ts', import.meta.url));

/** What the process found at its start and, where it did not die, at its end. */
function run(...args: readonly string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, folder, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let errors = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      errors += text.toString();
    });
    child.on('close', (status, signal) => {
      const found = said
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      if (status === 0 || signal === 'SIGKILL') resolve(found);
      else reject(new Error(errors));
    });
  });
}

it('bars outlive a kill -9 at each step of writing and compacting, and what was begun is finished', async () => {
  const closes = [1, 2, 30, 40, 90];
  expect(await run('write', '0', 'kept 4')).toEqual([{ closes: [], listed: 0, stray: 0 }]);
  const written = { closes, listed: 3, stray: 1 };
  expect(await run('compact', '0', 'kept 1')).toEqual([written]);
  expect(await run('compact', '0', 'listed 1')).toEqual([{ ...written, stray: 2 }]);
  const joined = { closes, listed: 1, stray: 5 };
  const done = { ...joined, stray: 0 };
  expect(await run('compact', '2')).toEqual([joined, done]);
}, 120_000);
