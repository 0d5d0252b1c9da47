import { renameSync, rmSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { StoreRefusal } from '@plimsoll/ports';
import pg from 'pg';
import { columnTypes } from '../pg-types.ts';
import { type DataFolder, holdsDatabase } from './data-folder.ts';
import { DurableFileSystem } from './durable-file-system.ts';
import { syncFolder } from './sync-folder.ts';
import { syncTree } from './sync-tree.ts';

/** The running database and how to end it. */
export interface Engine {
  readonly client: pg.Client;
  close(): Promise<void>;
}

/**
 * Opens the database of a locked folder, made first where there is none. `onDiskFailure` is called
 * from within a failed fsync and must have the process ended.
 */
export async function startEngine(
  folder: DataFolder,
  onDiskFailure: (reason: string) => void,
): Promise<Engine> {
  if (!holdsDatabase(folder)) await makeDatabase(folder, onDiskFailure);
  const files = new DurableFileSystem(folder.database, onDiskFailure);
  const database = await openFiles(files);
  const client = new pg.Client({ ...createPgConfig(database), types: columnTypes });
  await client.connect();
  await requireDurability(client, files, folder);
  return {
    client,
    close: async () => {
      await client.query('CHECKPOINT');
      await client.end();
      await database.close();
    },
  };
}

/** `-F` would turn fsync off; `fdatasync`, the usual method, is an empty function in this build. */
function openFiles(files: DurableFileSystem): Promise<PGlite> {
  const startParams = [
    ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
    ...[
      'fsync=on',
      'synchronous_commit=on',
      'full_page_writes=on',
      'wal_sync_method=fsync',
      'jit=off',
    ].flatMap((setting) => ['-c', setting]),
  ];
  return PGlite.create({ fs: files, startParams });
}

/** Made aside, synced whole and only then given its name: a folder of that name is complete. */
async function makeDatabase(
  folder: DataFolder,
  onDiskFailure: (reason: string) => void,
): Promise<void> {
  rmSync(folder.unfinished, { recursive: true, force: true });
  const files = new DurableFileSystem(folder.unfinished, onDiskFailure);
  const database = await openFiles(files);
  await database.exec('CHECKPOINT');
  await database.close();
  syncTree(folder.unfinished);
  renameSync(folder.unfinished, folder.database);
  syncFolder(folder.directory);
}

/** Commits something and counts the fsyncs: a commit without one would be lost with the power. */
export async function requireDurability(
  client: pg.Client,
  files: DurableFileSystem,
  { database }: DataFolder,
): Promise<void> {
  const before = files.synced;
  await client.query(
    "BEGIN; SELECT pg_logical_emit_message(true, 'plimsoll', 'self-test'); COMMIT",
  );
  if (files.synced > before) return;
  throw new StoreRefusal({
    code: 'store.not-durable',
    detail: `A commit in ${database} did not reach the disk: the database engine made no fsync. Install Plimsoll's own version of it again with npm ci.`,
  });
}
