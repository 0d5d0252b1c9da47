import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Instrument, plainInstrument } from '@plimsoll/domain';
import type { BarStore, Clock, ObjectStore, Store } from '@plimsoll/ports';
import { openEmbedded } from '../../../database/index.ts';
import { openFolderStore } from '../../../objects-kit/folder-store.ts';
import { ParquetBars, type ParquetBarsOptions } from '../parquet-bars.ts';

/** A database, a folder of files, and the bars that stand on both, all in one folder. */
export interface World {
  readonly store: Store;
  readonly objects: ObjectStore;
  readonly bars: BarStore;
  readonly clock: Clock & { at: number };
}

let ids = 0;

/** Opens it, made where there is none, with three workspaces of the same instruments. */
export async function openWorld(
  folder: string,
  wrap: (options: ParquetBarsOptions) => ParquetBarsOptions = (options) => options,
): Promise<World> {
  const clock = { at: Date.UTC(2026, 3, 1), now: () => new Date(clock.at).toISOString() };
  await mkdir(join(folder, 'scratch'), { recursive: true });
  const store = await openEmbedded(join(folder, 'record'), { clock });
  const there = new Set((await store.workspaces()).map(({ id }) => id));
  for (const id of ['mine', 'other', 'files', 'swept']) {
    if (there.has(id)) continue;
    await store.createWorkspace({ id, name: id, demo: false, createdAt: clock.now() });
    await store.write(id, ({ catalogue }) => catalogue.saveInstruments(instruments));
  }
  const objects = await openFolderStore(join(folder, 'objects'));
  const newId = () => `${process.pid}-${ids++}`;
  const scratchFolder = join(folder, 'scratch');
  const options = { store, objects, clock, newId, scratchFolder };
  return { store, objects, clock, bars: new ParquetBars(wrap(options)) };
}

export async function closeWorld({ bars, store }: World): Promise<void> {
  await bars.close();
  await store.close();
}

const instruments: readonly Instrument[] = ['acme', 'Ä/1 .x'].map((id) =>
  plainInstrument({ id, kind: 'equity', name: id, currency: 'EUR' }),
);
