import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '@plimsoll/adapters/database';
import { seededRandom } from '@plimsoll/kernel';
import { afterAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-backfill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const requests = join(folder, 'requests');
const data = join(folder, 'data');
const script = fileURLToPath(new URL('../testing/backfill-process.ts', import.meta.url));

/** Five hundred are filled in by `npm run bench -- backfill-resume`. */
const symbols = 100;
const days = 40;
/** `.ci/run` and nightly runs ask for more. */
const kills = Number(process.env['PLIMSOLL_TEST_KILLS'] ?? (process.env['CI'] ? 5 : 1));

function begin(): ChildProcess {
  return spawn(process.execPath, [script, data, requests, String(symbols), String(days)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves when it has said the word, or has ended. */
async function says(child: ChildProcess, word: string): Promise<void> {
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (!said.includes(`${word}`) && child.exitCode === null && child.signalCode === null) {
    await pause(5);
  }
  if (!said.includes(word)) throw new Error(`It ended before it said ${word}: ${said}`);
}

const asked = (): readonly string[] =>
  existsSync(requests) ? readFileSync(requests, 'utf8').split('\n').slice(0, -1) : [];

it(`fills in ${symbols} symbols over ${kills} kills, and loses and doubles nothing`, {
  timeout: 180_000 + kills * 30_000,
}, async () => {
  const random = seededRandom(7);
  for (let kill = 0; kill < kills; kill++) {
    const child = begin();
    await says(child, 'ready');
    const before = asked().length;
    // Somewhere in the middle of what is left, whatever the machine's speed.
    const until = before + 5 + Math.floor(random.next() * 35);
    while (asked().length < until && child.exitCode === null) await pause(2);
    child.kill('SIGKILL');
    await new Promise((ended) => child.once('close', ended));
  }
  const last = begin();
  await says(last, 'done');
  await new Promise((ended) => last.once('close', ended));

  const store = await openEmbedded(data, { clock: { now: () => new Date().toISOString() } });
  try {
    const found = await store.read('market', async (unit) => {
      const [job] = await unit.jobs.list(1);
      const items = await unit.jobs.items(job?.id ?? '', null, 1000);
      const events = (await unit.outbox.pending(10_000)).filter(
        ({ type }) => type === 'prices.changed',
      );
      return { job, items, events, coverage: await unit.prices.coverage() };
    });
    expect(found.job).toMatchObject({ state: 'done', total: symbols, done: symbols, failed: 0 });
    expect(found.items.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(
      true,
    );
    // Every listing has every day, from one write: one event each, and no second version.
    expect(found.coverage.map(({ count }) => count)).toEqual(Array(symbols).fill(days));
    const told = found.events.map(({ payload }) => JSON.stringify(payload));
    expect(new Set(told).size).toBe(symbols);
    expect(told).toHaveLength(symbols);
    // What was in hand at a kill is asked for again: at most the items in hand each time.
    expect(new Set(asked()).size).toBe(symbols);
    expect(asked().length).toBeLessThanOrEqual(symbols + kills * 8);
    expect((await store.verify()).findings).toEqual([]);
  } finally {
    await store.close();
  }
});
