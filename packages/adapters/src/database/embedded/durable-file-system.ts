// Emscripten's NODEFS and PGlite's NodeFS: https://github.com/electric-sql/pglite (0.5.16), read 2026-11-21.
import { fsyncSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { InvariantError } from '@plimsoll/kernel';
import { syncFolder } from './sync-folder.ts';

/** The parts of Emscripten's node file system that make files durable. */
interface NodeFileSystem {
  realPath(node: unknown): string;
  stream_ops: { fsync?: (stream: { readonly nfd?: number; readonly node: unknown }) => number };
  node_ops: {
    mknod(parent: unknown, name: string, mode: number, dev: number): unknown;
    rename(node: unknown, parent: unknown, name: string): void;
    unlink(parent: unknown, name: string): void;
  };
}

/** How long the process may take to end after a failed fsync. */
const patienceMs = 900;

type FileSystemOptions = Parameters<NodeFS['init']>[1];

/**
 * PGlite's file system with an fsync that reaches the disk. As shipped it has none: a commit is
 * answered while its log record is only in the page cache, and a power cut takes it away.
 *
 * New, renamed and removed files make their folder durable as well, before the next file counts as
 * synced: PostgreSQL asks for that too, but Emscripten drops the call.
 *
 * After a failed fsync nothing on disk can be trusted, and the kernel reports the failure only once.
 * So the process ends there, from within the call; throwing through WebAssembly would hang it.
 */
export class DurableFileSystem extends NodeFS {
  readonly #onFailure: (reason: string) => void;
  readonly #changedFolders = new Set<string>();
  #synced = 0;

  /** `onFailure` leaves a mark for the next start and has the process ended: a thread cannot. */
  constructor(directory: string, onFailure: (reason: string) => void) {
    super(directory);
    this.#onFailure = onFailure;
  }

  /** Files synced so far. */
  get synced(): number {
    return this.#synced;
  }

  override async init(pg: PGlite, options: FileSystemOptions) {
    const prepared = await super.init(pg, options);
    const { preRun } = prepared.emscriptenOpts;
    if (!Array.isArray(preRun))
      throw new InvariantError('PGlite no longer prepares a list of preRun');
    preRun.push((module: unknown) => this.#install((module as { NODEFS: NodeFileSystem }).NODEFS));
    return prepared;
  }

  #install(files: NodeFileSystem): void {
    files.stream_ops.fsync = (stream) => {
      this.#sync(() => {
        this.#syncFolders();
        if (stream.nfd === undefined) syncFolder(files.realPath(stream.node));
        else fsyncSync(stream.nfd);
        this.#synced++;
      });
      return 0;
    };
    const { mknod, rename, unlink } = files.node_ops;
    files.node_ops.mknod = (parent, name, mode, device) => {
      this.#changedFolders.add(files.realPath(parent));
      return mknod(parent, name, mode, device);
    };
    files.node_ops.rename = (node, parent, name) => {
      this.#changedFolders.add(dirname(files.realPath(node)));
      this.#changedFolders.add(files.realPath(parent));
      rename(node, parent, name);
    };
    files.node_ops.unlink = (parent, name) => {
      this.#changedFolders.add(files.realPath(parent));
      unlink(parent, name);
    };
  }

  #syncFolders(): void {
    for (const folder of this.#changedFolders) {
      this.#changedFolders.delete(folder);
      syncFolder(folder);
    }
  }

  #sync(run: () => void): void {
    try {
      run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      try {
        this.#onFailure(reason);
      } finally {
        // Nothing is answered any more, even where the mark could not be left either. Should the
        // thread that was told not end the process, this does.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patienceMs);
        process.kill(process.pid, 'SIGKILL');
      }
    }
  }
}
