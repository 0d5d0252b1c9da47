import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectTicks, openEmbedded } from '@plimsoll/adapters/database';
import { alwaysOpen, barsOfTicks } from '@plimsoll/domain';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../system-clock.ts';

const kills = 2;
const root = mkdtempSync(join(tmpdir(), 'plimsoll-live-kill-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const child = fileURLToPath(new URL('../testing/live-process.ts', import.meta.url));
const data = join(root, 'data');
const acknowledgements = join(root, 'acknowledged');

const acknowledged = (): number[] =>
  existsSync(acknowledgements)
    ? readFileSync(acknowledgements, 'utf8').split('\n').slice(0, -1).map(Number)
    : [];

it(`keeps each acknowledged tick once over ${kills} kills, and bars that are those of the ticks`, {
  timeout: 120_000,
}, async () => {
  for (let kill = 0; kill < kills; kill++) {
    const before = acknowledged();
    const first = String(Math.max(0, ...before) + 1);
    const process = spawn(globalThis.process.execPath, [child, data, acknowledgements, first], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(process.stdout, 'data');
    await expect
      .poll(() => acknowledged().length - before.length, { timeout: 60_000 })
      .toBeGreaterThan(100);
    await pause(kill * 37);
    process.kill('SIGKILL');
    await once(process, 'exit');
  }

  const store = await openEmbedded(data, { clock: systemClock });
  const ticks = connectTicks(store.connect());
  const rows: (readonly [at: number, last: number, id: number])[] = [];
  await ticks.replay(0, (_id, _source, block) => {
    for (const [row, at] of block.at.entries()) {
      rows.push([at, block.last[row] ?? Number.NaN, block.tradeId[row] ?? Number.NaN]);
    }
  });
  const ids = rows.map(([, , id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const stored = new Set(ids);
  expect(acknowledged().filter((id) => !stored.has(id))).toEqual([]);

  const sorted = rows.toSorted(([a], [b]) => a - b);
  const last = Math.max(...sorted.map(([at]) => at));
  const column = (of: (row: (typeof rows)[number]) => number) => Float64Array.from(sorted, of);
  const columns = {
    at: column(([at]) => at),
    price: column(([, price]) => price),
    size: column(() => 1),
  };
  for (const timeframe of ['1m', '5m'] as const) {
    const found = await ticks.bars('killed', timeframe, 0, last + 1);
    const wanted = barsOfTicks(columns, timeframe, alwaysOpen).bars;
    // Bars are written more seldom than ticks: the last one may lag until the next start.
    const settled = found.from.length - 1;
    expect([...found.from]).toEqual([...wanted.from].slice(0, found.from.length));
    expect([...found.volume].slice(0, settled)).toEqual([...wanted.volume].slice(0, settled));
    expect(found.volume.at(-1) ?? 0).toBeLessThanOrEqual(wanted.volume.at(settled) ?? 0);
    expect(found.volume.at(-1) ?? 0).toBeGreaterThan(0);
  }
  await ticks.close();
  await store.close();
});
