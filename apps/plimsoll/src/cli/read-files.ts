import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { UploadedFile } from '@plimsoll/engine';
import { CommandRefusal } from './refusals.ts';

/** Reads one file; a refusal says which cannot be read, and why. */
export async function readGiven(path: string): Promise<UploadedFile> {
  try {
    return { name: basename(path), bytes: new Uint8Array(await readFile(path)) };
  } catch (error) {
    throw unreadable(path, error);
  }
}

const priceFile = /\.(?:csv|tsv|txt|xml)(?:\.gz)?$/i;

/** Files as they are named, and of a folder those below it that may hold prices, in order of name. */
export const priceFilesIn = (paths: readonly string[]): Promise<string[]> =>
  filesBelow(paths, priceFile, 'price file (.csv, .tsv, .txt or .xml, packed with gzip or not)');

const tableFile = /\.(?:(?:csv|tsv|txt|json|jsonl|ndjson)(?:\.gz)?|xlsx|zip)$/i;

/** The same of files of tables of any kind. */
export const filesIn = (paths: readonly string[]): Promise<string[]> =>
  filesBelow(paths, tableFile, 'table (.csv, .tsv, .txt, .json, .xlsx or .zip)');

async function filesBelow(
  paths: readonly string[],
  wanted: RegExp,
  called: string,
): Promise<string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      try {
        if (!(await stat(path)).isDirectory()) return [path];
        const inside = await readdir(path, { recursive: true, withFileTypes: true });
        const files = inside.filter((entry) => entry.isFile() && wanted.test(entry.name));
        if (files.length > 0)
          return files.map((entry) => join(entry.parentPath, entry.name)).sort();
      } catch (error) {
        throw unreadable(path, error);
      }
      throw new CommandRefusal({
        code: 'file.unreadable',
        detail: `${path} holds no ${called}.`,
      });
    }),
  );
  return found.flat();
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder; name the files in it',
  ENAMETOOLONG: 'its name is too long',
};

/** What the file system says, in plain words. */
export function unreadable(path: string, error: unknown): CommandRefusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '') throw error;
  return new CommandRefusal({
    code: 'file.unreadable',
    detail: `${path}: ${reasons[code] ?? `the system says ${code}`}.`,
  });
}
