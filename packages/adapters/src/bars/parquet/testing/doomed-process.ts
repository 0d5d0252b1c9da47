import { writeSync } from 'node:fs';
import type { ParquetBarsOptions } from '../parquet-bars.ts';
import { closeWorld, openWorld, type World } from './world.ts';

/**
 * Tells what it finds, does what it is told, hours after all was begun, and dies when it has taken the
 * step that it is told to die at: `kept 4` is when the fourth file is kept.
 */
const [folder = '', work = '', hours = '0', lastStep = ''] = process.argv.slice(2);
const taken = new Map<string, number>();

const noon = Date.UTC(2024, 2, 4, 12);
const range = { timeframe: '1m', from: 0, until: Number.POSITIVE_INFINITY } as const;

function die(step: string): void {
  taken.set(step, (taken.get(step) ?? 0) + 1);
  if (`${step} ${taken.get(step)}` === lastStep) process.kill(process.pid, 'SIGKILL');
}

const dying = (options: ParquetBarsOptions): ParquetBarsOptions => {
  const { store, objects } = options;
  return {
    ...options,
    objects: {
      id: objects.id,
      get: (name) => objects.get(name),
      list: (prefix) => objects.list(prefix),
      localPath: (name, sha256) => objects.localPath(name, sha256),
      put: async (name, bytes) => {
        await objects.put(name, bytes);
        die('kept');
      },
      remove: async (name) => {
        await objects.remove(name);
        die('removed');
      },
    },
    store: {
      read: (workspace, read) => store.read(workspace, read),
      write: async (workspace, write) => {
        const result = await store.write(workspace, write);
        die('listed');
        return result;
      },
    },
  };
};

async function write(world: World, first: number, ...closes: readonly number[]): Promise<void> {
  const close = Float64Array.from(closes);
  const from = close.map((_, i) => noon + (first + i) * 60_000);
  const bars = { from, open: close, high: close, low: close, close, volume: close };
  await world.bars.write('mine', 'acme', { timeframe: '1m', bars, source: 'test' });
}

async function look(world: World): Promise<void> {
  const { close } = await world.bars.read('mine', 'acme', range);
  const listed = await world.store.read('mine', ({ barFiles }) => barFiles.list(null, null));
  const kept = await world.objects.list('');
  const stray = kept.filter((name) => listed.every((file) => file.name !== name));
  const found = { closes: [...close], listed: listed.length, stray: stray.length };
  writeSync(1, `${JSON.stringify(found)}\n`);
}

const world = await openWorld(folder, dying);
world.clock.at += Number(hours) * 3_600_000;
await look(world);
if (work === 'write') {
  await write(world, 0, 1, 2, 3);
  await write(world, 2, 30, 40);
  await write(world, 9, 90);
  await write(world, 0, 11);
} else {
  await world.bars.compact('mine', new AbortController().signal);
}
await look(world);
await closeWorld(world);
