import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokenStrategy } from '@plimsoll/engine';
import { ok, type Result } from '@plimsoll/kernel';
import type { OwnLimits } from './own-limits.ts';
import type { OwnDescription, OwnFault } from './own-protocol.ts';
import { hostOwnStrategy } from './own-strategy-host.ts';

/** A file of the user's that gives a strategy. */
export interface OwnStrategy {
  readonly folder: string;
  readonly file: string;
  readonly description: OwnDescription;
}

/** Describing runs the file's own code; a file that takes longer hangs. */
const describeMs = 10_000;

/** The strategies of one folder, each read again when any file of the folder has changed. */
export class OwnFolder {
  readonly folder: string;
  readonly #limits: OwnLimits;
  readonly #read = new Map<
    string,
    { readonly stamp: string; readonly found: Promise<Result<OwnStrategy, BrokenStrategy>> }
  >();

  constructor(folder: string, limits: OwnLimits) {
    this.folder = folder;
    this.#limits = limits;
  }

  /** Names of the files that are meant to give strategies, sorted; none where there is no folder. */
  files(): readonly string[] {
    return this.#sources().filter((name) => !name.startsWith('_'));
  }

  has(file: string): boolean {
    return this.#sources().includes(file);
  }

  read(file: string): Promise<Result<OwnStrategy, BrokenStrategy>> {
    const stamp = this.#stamp();
    const known = this.#read.get(file);
    if (known?.stamp === stamp) return known.found;
    const found = this.#describe(file);
    this.#read.set(file, { stamp, found });
    return found;
  }

  async #describe(file: string): Promise<Result<OwnStrategy, BrokenStrategy>> {
    const { folder } = this;
    const answer = await hostOwnStrategy(
      { folder, file, work: { kind: 'describe' } },
      {
        limits: { ...this.#limits, wallMs: Math.min(describeMs, this.#limits.wallMs) },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      },
    );
    if (!answer.ok) return { ok: false, fault: broken(file, answer.fault) };
    if (answer.value.kind !== 'described') throw new Error('A description was asked for');
    return ok({ folder, file, description: answer.value.description });
  }

  #sources(): readonly string[] {
    if (!statSync(this.folder, { throwIfNoEntry: false })?.isDirectory()) return [];
    return readdirSync(this.folder)
      .filter((name) => /^[\w][\w.-]*\.ts$/.test(name) && !/\.(?:d|test)\.ts$/.test(name))
      .sort();
  }

  /** Changes whenever a file of the folder does. */
  #stamp(): string {
    const all = this.#sources().map((name) => {
      const found = statSync(join(this.folder, name), { throwIfNoEntry: false });
      return `${name} ${found?.mtimeMs} ${found?.size}`;
    });
    return all.join('\n');
  }
}

function broken(
  file: string,
  fault: Partial<OwnFault> & { readonly detail: string },
): BrokenStrategy {
  const { line = null, column = null, message = fault.detail } = fault;
  return { file: fault.file ?? file, line, column, message };
}
