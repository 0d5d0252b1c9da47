import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const announcement = z.object({ address: z.url(), pid: z.number().int() });
const lockOwner = z.object({ pid: z.number().int() });

/** Tells other processes on this machine where the server of the folder is. */
export function announce(dataFolder: string, address: string): void {
  const file = fileIn(dataFolder);
  writeFileSync(`${file}.new`, JSON.stringify({ address, pid: process.pid }), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The server is gone. */
export function withdraw(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true });
}

/**
 * The address of the server that has the folder. Only one that also owns the folder's lock counts:
 * what a killed server left behind must not lead to another that took its port.
 */
export function serverOf(dataFolder: string): string | undefined {
  const server = announcement.safeParse(readJson(fileIn(dataFolder)));
  const owner = lockOwner.safeParse(readJson(join(dataFolder, 'lock-owner.json')));
  if (!server.success || !owner.success || server.data.pid !== owner.data.pid) return undefined;
  return isAlive(owner.data.pid) ? server.data.address : undefined;
}

const fileIn = (dataFolder: string): string => join(dataFolder, 'server.json');

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // Not there, or being written: either way it names no server.
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error))
      return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
