import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { barStoreConformance } from '@plimsoll/ports/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeWorld, openWorld, type World } from './testing/world.ts';

const folder = mkdtempSync(join(tmpdir(), "plimsoll-[bars]*'s-"));
let world: World;
beforeAll(async () => {
  world = await openWorld(folder);
}, 60_000);
afterAll(async () => {
  await closeWorld(world);
  rmSync(folder, { recursive: true, force: true });
});

barStoreConformance('Parquet', {
  open: async () => ({ bars: world.bars, workspaces: ['mine', 'other'] }),
  close: async () => undefined,
});

describe('Parquet files', () => {
  const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  const range = { timeframe: '1s', ...always } as const;
  const noon = Date.UTC(2024, 2, 4, 12);
  const closes = (...values: readonly number[]) => {
    const column = Float64Array.from(values);
    const from = Float64Array.from(values, (_, i) => noon + i * 1_000);
    return { from, open: column, high: column, low: column, close: column, volume: column };
  };
  const write = (...values: readonly number[]) =>
    world.bars.write('files', 'acme', { timeframe: '1s', bars: closes(...values), source: 's' });
  const read = () => world.bars.read('files', 'acme', range);
  const files = () => world.objects.list('bars/files/');

  it('are refused by name where one is damaged or missing, and never read as empty', async () => {
    await write(1, 2, 3);
    const [name = ''] = await files();
    const path = join(folder, 'objects', name);
    writeFileSync(path, 'not what it was');
    await expect(read()).rejects.toThrow(name);
    expect(await world.bars.verify('files')).toEqual([
      { workspaceId: 'files', name, detail: expect.stringContaining('not the one that was kept') },
    ]);
    rmSync(path);
    await expect(read()).rejects.toMatchObject({
      fault: { code: 'objects.missing', detail: expect.stringContaining(name) },
    });
    expect(await world.bars.verify('files')).toMatchObject([
      { name, detail: expect.stringContaining('not there') },
    ]);
    await expect(world.bars.compact('files', AbortSignal.abort())).resolves.toBeDefined();
  });

  it('that were joined stay for those who read them, and go when their time has come', async () => {
    const keep = (...values: readonly number[]) =>
      world.bars.write('swept', 'acme', { timeframe: '1s', bars: closes(...values), source: 's' });
    await keep(1, 2, 3);
    await keep(9, 8);
    const listed = () => world.objects.list('bars/swept/');
    const signal = new AbortController().signal;
    expect(await world.bars.compact('swept', signal)).toEqual({ before: 2, after: 1 });
    expect(await listed()).toHaveLength(3);
    world.clock.at += 3_600_001;
    expect(await world.bars.compact('swept', signal)).toEqual({ before: 1, after: 1 });
    expect(await listed()).toHaveLength(1);
    const { close } = await world.bars.read('swept', 'acme', range);
    expect([...close]).toEqual([9, 8, 3]);
  });

  it('leave nothing in the folder they are written in', async () => {
    await world.bars.write('other', 'acme', { timeframe: '1s', bars: closes(1), source: 's' });
    const scratch = readdirSync(join(folder, 'scratch'));
    expect(scratch).toHaveLength(1);
    expect(readdirSync(join(folder, 'scratch', scratch[0] ?? ''))).toEqual([]);
  });
});
