import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '@plimsoll/kernel';
import type { MarketDataFault, PriceFileSeries } from '@plimsoll/ports';
import { cancelled, unavailable } from '../../market-data-kit/refusals.ts';
import { symbolOfFile } from '../../market-data-kit/symbol-of-file.ts';
import { priceCsvReader } from './price-csv-reader.ts';

const priceFile = /\.csv(?:\.gz)?$/i;

/** A file as it was when it was read. */
interface ReadFile {
  readonly stamp: string;
  readonly series: Result<readonly PriceFileSeries[], MarketDataFault>;
}

/** Where the prices of a symbol are. */
export interface Listing {
  /** What it is asked for by: its symbol, or `folder/symbol` where two files have the same. */
  readonly symbol: string;
  readonly path: string;
  /** As the file has it. */
  readonly inFile: string;
}

/**
 * The price files below a folder. Each is read once and again when it changes on disk; a file that
 * cannot be read is kept with its fault, so that asking for its symbol says what is wrong with it.
 */
export class PriceFolder {
  readonly #folder: string;
  readonly #files = new Map<string, ReadFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** All symbols, in the order of their files' paths. */
  async listings(signal: AbortSignal): Promise<Result<readonly Listing[], MarketDataFault>> {
    const paths = await this.#paths();
    if (!paths.ok) return paths;
    const found: Omit<Listing, 'symbol'>[] = [];
    for (const path of paths.value) {
      if (signal.aborted) return cancelled();
      const series = await this.series(path);
      const symbols = series.ok ? series.value.map(({ symbol }) => symbol) : [symbolOfFile(path)];
      found.push(...symbols.map((inFile) => ({ path, inFile })));
    }
    return ok(named(found));
  }

  /** What the file gives, or why it gives nothing. */
  async series(path: string): Promise<Result<readonly PriceFileSeries[], MarketDataFault>> {
    const full = join(this.#folder, path);
    try {
      const { mtimeMs, size } = await stat(full);
      const stamp = `${mtimeMs} ${size}`;
      const known = this.#files.get(path);
      if (known?.stamp === stamp) return known.series;
      const series = priceCsvReader.read(path, await readFile(full));
      this.#files.set(path, { stamp, series });
      return series;
    } catch (error) {
      return unavailable(`${full} cannot be read`, error);
    }
  }

  async #paths(): Promise<Result<readonly string[], MarketDataFault>> {
    try {
      const all = await readdir(this.#folder, { recursive: true });
      return ok(all.filter((path) => priceFile.test(path)).sort());
    } catch (error) {
      return unavailable(`The price folder ${this.#folder} cannot be read`, error);
    }
  }
}

function named(found: readonly Omit<Listing, 'symbol'>[]): Listing[] {
  const count = new Map<string, number>();
  for (const { inFile } of found) count.set(inFile, (count.get(inFile) ?? 0) + 1);
  return found.map(({ path, inFile }) => {
    const folder = path.split(/[/\\]/).slice(0, -1).join('/');
    const alone = count.get(inFile) === 1 || folder === '';
    return { symbol: alone ? inFile : `${folder}/${inFile}`, path, inFile };
  });
}
