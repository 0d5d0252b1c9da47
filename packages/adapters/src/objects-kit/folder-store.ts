import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { ObjectStore } from '@plimsoll/ports';
import { checkName } from './check-name.ts';
import { hashFile } from './hash-file.ts';
import { damaged, unavailable } from './refusals.ts';

/** Files that are being written; no name begins with a dot, so none of them is one. */
const unfinished = '.unfinished';

/**
 * Keeps files in a folder, made where there is none. A file is written beside, made durable, put in
 * its place and its folder made durable: after a power cut it is there whole or not at all.
 */
export async function openFolderStore(root: string): Promise<ObjectStore> {
  await mkdir(join(root, unfinished), { recursive: true });
  return new FolderStore(await realpath(root));
}

class FolderStore implements ObjectStore {
  readonly id = 'folder';
  readonly #root: string;
  /** What files were found to be, by what they looked like then: hashing each time would cost more than reading. */
  readonly #known = new Map<string, { readonly stamp: string; readonly sha256: string }>();

  constructor(root: string) {
    this.#root = root;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = this.#path(name);
    const temporary = join(this.#root, unfinished, randomUUID());
    try {
      await writeDurably(temporary, bytes);
      await makeFolder(dirname(path), this.#root);
      await this.#requireInside(dirname(path));
      await rename(temporary, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(temporary, { force: true });
      throw refusalOf(error, name);
    }
  }

  async get(name: string): Promise<Uint8Array | null> {
    return orNull(readFile(this.#path(name)), name);
  }

  async list(prefix: string): Promise<readonly string[]> {
    const within = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    if (within !== '') checkName(within.slice(0, -1));
    const found = await orNull(
      readdir(join(this.#root, within), { recursive: true, withFileTypes: true }),
      within,
    );
    const from = this.#root.length + sep.length;
    return (found ?? [])
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(from).split(sep).join('/'))
      .filter((name) => name.startsWith(prefix) && !name.startsWith('.'))
      .sort();
  }

  async remove(name: string): Promise<void> {
    const path = this.#path(name);
    this.#known.delete(name);
    if (
      (await orNull(
        rm(path).then(() => true),
        name,
      )) === null
    )
      return;
    await syncFolder(dirname(path));
  }

  async localPath(name: string, sha256?: string): Promise<string | null> {
    const path = this.#path(name);
    const found = await orNull(stat(path, { bigint: true }), name);
    if (found === null || !found.isFile()) return null;
    if (sha256 === undefined) return path;
    const stamp = `${found.ino} ${found.size} ${found.mtimeNs}`;
    let known = this.#known.get(name);
    if (known?.stamp !== stamp) {
      known = { stamp, sha256: await hashFile(path) };
      this.#known.set(name, known);
    }
    if (known.sha256 !== sha256) throw damaged(name, `in ${this.#root}`);
    return path;
  }

  #path(name: string): string {
    checkName(name);
    return join(this.#root, ...name.split('/'));
  }

  /** A link within the folder could lead out of it. */
  async #requireInside(folder: string): Promise<void> {
    const real = await realpath(folder);
    if (real === this.#root || real.startsWith(this.#root + sep)) return;
    throw unavailable(`${folder} leads out of ${this.#root}. Remove the link.`);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a folder and those above it, each durable in the one above. */
async function makeFolder(path: string, root: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (first === undefined) return;
  for (let folder = path; folder.length >= Math.max(first.length, root.length + 1); ) {
    folder = dirname(folder);
    await syncFolder(folder);
  }
}

/** Makes the entries of a folder durable. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function orNull<T>(work: Promise<T>, name: string): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
    throw refusalOf(error, name);
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;

/** What the file system refuses is told; anything else is a bug and goes on as it is. */
function refusalOf(error: unknown, name: string): unknown {
  const code = codeOf(error);
  if (typeof code !== 'string' || !(error instanceof Error)) return error;
  return unavailable(`The file ${name} could not be read or written: ${error.message}.`, error);
}
