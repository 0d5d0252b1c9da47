import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreRefusal } from '@plimsoll/ports';
import { syncFolder } from './sync-folder.ts';

/** What lies where in a data folder. */
export interface DataFolder {
  readonly directory: string;
  /** The PostgreSQL files. */
  readonly database: string;
  /** The same while they are being made. */
  readonly unfinished: string;
  /** There after a failed fsync, until a check found everything in order. */
  readonly doubt: string;
}

/** The folder's parts; makes the folder itself where it is missing. */
export function dataFolder(directory: string): DataFolder {
  requireWritable(directory);
  return {
    directory,
    database: join(directory, 'database'),
    unfinished: join(directory, 'database.unfinished'),
    doubt: join(directory, 'needs-check'),
  };
}

function requireWritable(directory: string): void {
  try {
    makeFolder(directory);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new StoreRefusal(
      {
        code: 'store.unfit-file-system',
        detail: `The data folder ${directory} cannot be made or written to: ${error.message}. Give the user who runs Plimsoll the right to, or choose another folder with --data.`,
      },
      { cause: error },
    );
  }
}

/**
 * Makes the folder and those that lead to it. Not by `recursive`, which tries for ever where a folder
 * exists that says "no such file" to a new entry, as `/proc` does.
 */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** File systems on which locks or fsync of another machine are not to be relied upon, by magic number. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB2'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
]);

/** Refuses a folder on another machine: neither its lock nor its fsync can be trusted. */
export function refuseNetworkFolder(directory: string): void {
  if (process.platform !== 'linux') return;
  const name = networkFileSystems.get(statfsSync(directory).type);
  if (name === undefined) return;
  throw new StoreRefusal({
    code: 'store.unfit-file-system',
    detail: `The data folder ${directory} lies on a network file system (${name}), where a lock and a finished write are not certain. Choose a folder on a local disk with --data, or a PostgreSQL server with DATABASE_URL.`,
  });
}

/** What the database needs to start: one more segment of its journal (16 MB), and room to write. */
const spareBytes = 20 * 1024 * 1024;
/** What a new database takes before anything is recorded, with some to spare. */
const newDatabaseBytes = 60 * 1024 * 1024;

/** Refuses a disk on which the database could not even start, before a write fails half way. */
export function refuseFullDisk(
  { directory, database }: DataFolder,
  free: number = freeBytes(directory),
): void {
  const needed = existsSync(database) ? spareBytes : spareBytes + newDatabaseBytes;
  if (free >= needed) return;
  const megabytes = (bytes: number): number => Math.floor(bytes / (1024 * 1024));
  throw new StoreRefusal({
    code: 'store.unavailable',
    detail: `The disk of the data folder ${directory} is full: ${megabytes(free)} MB are free, and ${megabytes(needed)} MB are needed to start. Free some space; the record itself is as it was.`,
  });
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

/** The one kind of PostgreSQL files that the pinned PGlite writes. */
export const knownFormat = { version: '18', control: 1800, catalogue: 202_506_291 };

/**
 * Whether the folder holds a database (true) or none yet (false). Refuses one of another PostgreSQL,
 * which would be damaged by opening it.
 */
export function holdsDatabase({ database }: DataFolder): boolean {
  if (!existsSync(database)) return false;
  const found = readFormat(database);
  const { version, control, catalogue } = knownFormat;
  if (found?.version === version && found.control === control && found.catalogue === catalogue) {
    return true;
  }
  const what = found
    ? `PostgreSQL ${found.version} (catalogue ${found.catalogue})`
    : 'no PostgreSQL database';
  throw new StoreRefusal({
    code: 'store.unknown-folder',
    detail: `${database} holds ${what}; this version of Plimsoll reads PostgreSQL ${version} (catalogue ${catalogue}). Open it with the version that wrote it, or choose another folder with --data.`,
  });
}

interface Format {
  readonly version: string;
  readonly control: number;
  readonly catalogue: number;
}

/** The format by `PG_VERSION` and the first fields of `pg_control` (src/include/catalog/pg_control.h). */
function readFormat(database: string): Format | null {
  const versionFile = join(database, 'PG_VERSION');
  const controlFile = join(database, 'global', 'pg_control');
  if (!existsSync(versionFile) || !existsSync(controlFile)) return null;
  const bytes = readFileSync(controlFile);
  if (bytes.length < 16) return null;
  return {
    version: readFileSync(versionFile, 'utf8').trim(),
    control: bytes.readUInt32LE(8),
    catalogue: bytes.readUInt32LE(12),
  };
}

/** Notes that the disk failed, so that the next start checks the record before it goes on. */
export function markDoubt({ doubt }: DataFolder): void {
  writeFileSync(doubt, 'A write to disk failed. The next start checks the record first.\n');
}

/** Whether an earlier run ended in a failed write. */
export const inDoubt = ({ doubt }: DataFolder): boolean => existsSync(doubt);

/** Takes the mark away after a check that found nothing. */
export function clearDoubt({ doubt, directory }: DataFolder): void {
  rmSync(doubt, { force: true });
  syncFolder(directory);
}
