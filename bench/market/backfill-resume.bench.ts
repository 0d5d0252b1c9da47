import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '@plimsoll/adapters/database';
import { line, ms, title } from '../report.ts';

const script = fileURLToPath(
  new URL('../../packages/engine/src/testing/backfill-process.ts', import.meta.url),
);
const symbols = 500;
const days = 2520;

/** A back-fill of 500 symbols × 10 years, killed with SIGKILL in the middle and taken up again. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-resume-'));
  const requests = join(folder, 'requests');
  const data = join(folder, 'data');
  try {
    title(`Back-fill of ${symbols} symbols × ${days} days on the embedded database`);
    const asked = (): string[] => readLines(requests);
    const begin = () =>
      spawn(process.execPath, [script, data, requests, String(symbols), String(days)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const began = performance.now();
    const first = begin();
    while (asked().length < symbols / 2 && first.exitCode === null) await pause(5);
    first.kill('SIGKILL');
    await new Promise((ended) => first.once('close', ended));
    const killedMs = performance.now() - began;
    const before = asked().length;
    const again = performance.now();
    const second = begin();
    let resumedMs = Number.NaN;
    while (second.exitCode === null) {
      if (Number.isNaN(resumedMs) && asked().length > before) resumedMs = performance.now() - again;
      await pause(20);
    }
    const doneMs = performance.now() - again;
    const found = await outcome(data);
    line('killed with kill -9 after', `${before} symbols`, ms(killedMs));
    line('first request after the restart', '', ms(resumedMs));
    line('the rest done after', `${symbols - before} symbols`, ms(doneMs));
    line('per symbol, both runs', '', ms((killedMs + doneMs) / symbols));
    line('bars stored', `${found.bars} of ${symbols * days}`);
    line('lost', String(symbols * days - found.bars));
    line('doubled (second writes of a listing)', String(found.writes - symbols));
    line('asked twice (in hand at the kill)', String(asked().length - symbols));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(0, -1);
  } catch (error) {
    // The process has not made the file yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function outcome(data: string): Promise<{ bars: number; writes: number }> {
  const store = await openEmbedded(data, { clock: { now: () => new Date().toISOString() } });
  try {
    return await store.read('market', async (unit) => {
      const coverage = await unit.prices.coverage();
      const events = await unit.outbox.pending(10_000);
      return {
        bars: coverage.reduce((sum, { count }) => sum + count, 0),
        writes: events.filter(({ type }) => type === 'prices.changed').length,
      };
    });
  } finally {
    await store.close();
  }
}
