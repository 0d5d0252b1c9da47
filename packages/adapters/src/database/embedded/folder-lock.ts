import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefusal } from '@plimsoll/ports';

/** Whose folder it is, for the message to the next who comes. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
}

/** A held lock. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the data folder for this process alone, or refuses at once, naming the owner.
 *
 * Node has no file lock of its own, so SQLite's serves: an exclusive transaction on an empty
 * database file. The operating system drops it with the process, however that ends, so it never
 * has to be removed by hand. Nothing else may ever open the lock file: closing any descriptor of a
 * file gives up a process's POSIX locks on it. Hence the owner's name stands in a file of its own.
 */
export function lockFolder(directory: string, startedAt: string): FolderLock {
  const ownerFile = join(directory, 'lock-owner.json');
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw locked(directory, readOwner(ownerFile));
  }
  const owner: Owner = { pid: process.pid, host: hostname(), startedAt };
  writeFileSync(ownerFile, JSON.stringify(owner));
  return {
    release: () => {
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

const sqliteBusy = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;

function readOwner(file: string): Owner | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner;
  } catch (error) {
    // The owner has taken the lock and is about to write its name, or is about to leave.
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}

function locked(directory: string, owner: Owner | null): StoreRefusal {
  const who =
    owner === null
      ? 'another process'
      : `process ${owner.pid} on ${owner.host}, running since ${owner.startedAt}`;
  return new StoreRefusal({
    code: 'store.locked',
    detail: `The data folder ${directory} is in use by ${who}. Stop that process, talk to it instead, or choose another folder with --data.`,
  });
}
