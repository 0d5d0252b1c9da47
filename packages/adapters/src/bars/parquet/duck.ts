import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export interface DuckOptions {
  /** Where files are written before they are kept; the system's folder for such where absent. */
  readonly scratchFolder?: string;
  readonly memoryMb?: number;
  readonly threads?: number;
}

/**
 * DuckDB, loaded and opened when it is first needed: it is 70 megabytes of native code. Work is done on
 * as many connections as it has threads, each doing one thing at a time.
 */
export class Duck {
  readonly #options: DuckOptions;
  #opened: Promise<Opened> | null = null;
  #waiting: ((connection: DuckDBConnection) => void)[] = [];

  constructor(options: DuckOptions) {
    this.#options = options;
  }

  /** Runs `work` on a connection of its own; `folder` is for its files and goes when DuckDB closes. */
  async run<T>(work: (connection: DuckDBConnection, folder: string) => Promise<T>): Promise<T> {
    this.#opened ??= open(this.#options);
    const { idle, folder } = await this.#opened;
    const connection =
      idle.pop() ?? (await new Promise<DuckDBConnection>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(connection, folder);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    }
  }

  async close(): Promise<void> {
    const opened = await this.#opened;
    this.#opened = null;
    if (opened === null) return;
    for (const connection of opened.all) connection.closeSync();
    opened.instance.closeSync();
    await rm(opened.folder, { recursive: true, force: true });
  }
}

interface Opened {
  readonly instance: DuckDBInstance;
  readonly all: readonly DuckDBConnection[];
  readonly idle: DuckDBConnection[];
  readonly folder: string;
}

async function open({ scratchFolder, memoryMb = 512, threads = 2 }: DuckOptions): Promise<Opened> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = await mkdtemp(join(scratchFolder ?? tmpdir(), 'plimsoll-bars-'));
  const instance = await DuckDBInstance.create(':memory:', {
    // Nothing is fetched from the network: Parquet is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: `${memoryMb}MB`,
    threads: String(threads),
    temp_directory: folder,
  });
  const all: DuckDBConnection[] = [];
  for (let i = 0; i < threads; i++) all.push(await instance.connect());
  return { instance, all, idle: [...all], folder };
}

/** Text as SQL writes it. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
