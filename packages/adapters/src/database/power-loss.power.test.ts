import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { seededRandom } from '@plimsoll/kernel';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openEmbedded } from './index.ts';
import { startChild } from './testing/child-process.ts';
import { type FragileDisk, fragileDisk, whyNoFragileDisk } from './testing/fragile-disk.ts';
import { systemClock } from './testing/system-clock.ts';

const losses = Number(process.env['PLIMSOLL_TEST_POWER_LOSSES'] ?? 6);
const seed = Number(process.env['PLIMSOLL_TEST_SEED'] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-power-'));
const impossible = whyNoFragileDisk();
if (impossible !== null) process.stderr.write(`Power loss is not tried: ${impossible}.\n`);

const lines = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];

describe.skipIf(impossible !== null)('power loss', () => {
  const random = seededRandom(seed);
  let disk: FragileDisk | undefined;
  afterEach(() => disk?.remove());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`takes nothing acknowledged, ${losses} times`, {
    timeout: 30_000 + losses * 20_000,
  }, async () => {
    disk = fragileDisk(folder);
    const data = join(disk.path, 'data');
    const acknowledged = join(folder, 'acknowledged');
    for (let loss = 0; loss < losses; loss++) {
      const writer = startChild('writer-process.ts', [data, 'w', acknowledged]);
      const state = JSON.parse(await writer.says('ready')) as { findings: unknown[]; seq: number };
      expect(state.findings).toEqual([]);
      expect(state.seq).toBeGreaterThanOrEqual(lines(acknowledged).length);
      await wait(200 + random.next() * 1500);
      disk.losePower();
      // A disk that is gone fails an fsync or a write of the log (70), or a write elsewhere (1).
      const { status } = await writer.ended;
      expect([1, 70], writer.errors()).toContain(status);
      disk.restore();
    }
    const store = await openEmbedded(data, { clock: systemClock });
    const { findings, entries } = await store.verify();
    const present = new Set<string>();
    for (let after = 0; after < entries; after += 2000) {
      const page = await store.read('w', ({ ledger }) => ledger.since(after, 2000));
      for (const { fact } of page)
        if (fact.kind === 'transaction') present.add(fact.transaction.id);
    }
    await store.close();
    const acked = lines(acknowledged);
    const lost = acked.filter((id) => !present.has(id));
    const figures = { survived: losses, acknowledged: acked.length, lost: lost.length };
    process.stdout.write(`${JSON.stringify({ test: 'C3', seed, ...figures })}\n`);
    expect(findings).toEqual([]);
    expect(lost).toEqual([]);
    expect(acked.length).toBeGreaterThan(losses);
  });

  it('takes acknowledged rows from PGlite as it comes: the test can tell', {
    timeout: 60_000,
  }, async () => {
    disk = fragileDisk(folder);
    const data = join(disk.path, 'data');
    const acknowledged = join(folder, 'acknowledged-by-stock');
    const writer = startChild('stock-process.ts', [data, acknowledged]);
    await writer.says('ready');
    await wait(1000);
    disk.losePower();
    writer.process.kill('SIGKILL');
    await writer.ended;
    disk.restore();
    const acked = lines(acknowledged).length;
    expect(acked).toBeGreaterThan(0);
    expect(await rowsLeft(data)).toBeLessThan(acked);
  });
});

/** Rows that are there after the loss; −1 where the database does not open or has lost its table. */
async function rowsLeft(data: string): Promise<number> {
  try {
    const database = await PGlite.create(data);
    const { rows } = await database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM fact',
    );
    await database.close();
    return rows[0]?.count ?? 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return -1;
  }
}
