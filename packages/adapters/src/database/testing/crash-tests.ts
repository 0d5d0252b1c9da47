import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@plimsoll/kernel';
import type { LedgerFinding } from '@plimsoll/ports';
import { afterAll, expect, it } from 'vitest';
import { openEmbedded } from '../index.ts';
import { startChild } from './child-process.ts';
import { systemClock } from './system-clock.ts';

const seed = Number(process.env['PLIMSOLL_TEST_SEED'] ?? 1);
/**
 * Kills a writing process at random moments, so many times, and holds the record against what it had
 * acknowledged.
 */
export function crashTests(kills: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-crash-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses nothing acknowledged over ${kills} kills at random moments`, {
    timeout: 30_000 + kills * 10_000,
  }, async () => {
    const random = seededRandom(seed);
    // Outside the data folder: what is killed cannot take it along.
    const acknowledged = join(folder, 'acknowledged');
    const data = join(folder, 'data');
    const reopenMs: number[] = [];
    const acked = (): readonly string[] =>
      existsSync(acknowledged) ? readFileSync(acknowledged, 'utf8').split('\n').slice(0, -1) : [];

    for (let kill = 0; kill < kills; kill++) {
      const before = acked().length;
      const writer = startChild('writer-process.ts', [data, 'w', acknowledged]);
      // Every fourth is killed on the way up: while it makes, recovers or migrates the database.
      if (kill % 4 === 3) await wait(random.next() * 900);
      else {
        const state = JSON.parse(await writer.says('ready')) as Ready;
        expect(state.findings).toEqual([]);
        expect(state.seq).toBeGreaterThanOrEqual(before);
        if (kill > 0) reopenMs.push(state.openMs);
        await wait(random.next() * 700);
      }
      writer.process.kill('SIGKILL');
      expect((await writer.ended).signal).toBe('SIGKILL');
    }

    const store = await openEmbedded(data, { clock: systemClock });
    const { findings, entries } = await store.verify();
    expect(findings).toEqual([]);
    const recorded: string[] = [];
    for (let after = 0; after < entries; after += 2000) {
      const page = await store.read('w', ({ ledger }) => ledger.since(after, 2000));
      for (const { fact } of page)
        if (fact.kind === 'transaction') recorded.push(fact.transaction.id);
    }
    await store.close();
    const present = new Set(recorded);
    const lost = acked().filter((id) => !present.has(id));
    expect(lost).toEqual([]);
    expect(recorded).toHaveLength(present.size);
    expect(acked().length).toBeGreaterThan(kills);
    const figures = {
      survived: kills,
      acknowledged: acked().length,
      lost: lost.length,
      duplicated: recorded.length - present.size,
    };
    process.stdout.write(
      `${JSON.stringify({ test: 'C1', seed, ...figures, reopenMs: Math.max(...reopenMs) })}\n`,
    );
  });
}

interface Ready {
  readonly findings: readonly LedgerFinding[];
  readonly seq: number;
  readonly openMs: number;
}
