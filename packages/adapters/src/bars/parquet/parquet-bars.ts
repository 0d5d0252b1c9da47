import { type TimedBars, timeframes } from '@plimsoll/domain';
import { InvariantError, invariant, present } from '@plimsoll/kernel';
import {
  type BarCoverage,
  type BarFile,
  type BarFileFinding,
  type BarMatrix,
  type BarRange,
  type BarStore,
  type Clock,
  ObjectRefusal,
  type ObjectStore,
  type Store,
} from '@plimsoll/ports';
import { hashBytes } from '../../objects-kit/hash-file.ts';
import { compactBars } from './compact-bars.ts';
import { Duck, type DuckOptions } from './duck.ts';
import { fileName, periodOf } from './file-names.ts';
import { layMatrix } from './lay-matrix.ts';
import type { Columns } from './merge-columns.ts';
import { type BarField, barFields, encodeParquet } from './parquet-file.ts';
import { readFiles } from './read-files.ts';

export interface ParquetBarsOptions extends DuckOptions {
  /** Where it is listed which files count. */
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly objects: ObjectStore;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long a file that does not count any more is left for those who may be reading it. */
  readonly graceMs?: number;
}

const hourMs = 3_600_000;
/** Reads begun anew because a file was joined and removed meanwhile. */
const attempts = 3;

/**
 * Bars in Parquet files, through DuckDB. A file is kept first and listed then, so that a crash leaves
 * at most a file that nobody knows, which `compact` removes; files are never changed.
 */
export class ParquetBars implements BarStore {
  readonly #options: ParquetBarsOptions;
  readonly #duck: Duck;

  constructor(options: ParquetBarsOptions) {
    this.#options = options;
    this.#duck = new Duck(options);
  }

  async write(
    workspaceId: string,
    instrumentId: string,
    { timeframe, bars, source }: Parameters<BarStore['write']>[2],
  ): Promise<{ readonly written: number }> {
    const columns = columnsOf(bars);
    const files: Omit<BarFile, 'version'>[] = [];
    for (const [start, end] of periods(bars.from, (at) => periodOf(timeframe, at))) {
      const part = columns.map((column) => column.subarray(start, end));
      files.push(await this.#keep({ workspaceId, instrumentId, timeframe, source }, part));
    }
    if (files.length > 0) {
      await this.#options.store.write(workspaceId, ({ barFiles }) => barFiles.add(files));
    }
    return { written: bars.from.length };
  }

  async read(workspaceId: string, instrumentId: string, range: BarRange): Promise<TimedBars> {
    const [from, open, high, low, close, volume] = await this.#read(
      workspaceId,
      instrumentId,
      range,
      barFields,
    );
    const whole = (column: Float64Array | undefined) => present(column, 'A column of bars');
    return {
      from: whole(from),
      open: whole(open),
      high: whole(high),
      low: whole(low),
      close: whole(close),
      volume: whole(volume),
    };
  }

  async matrix(
    workspaceId: string,
    instrumentIds: readonly string[],
    range: BarRange,
  ): Promise<BarMatrix> {
    const series = await Promise.all(
      instrumentIds.map((id) => this.#read(workspaceId, id, range, ['from_ms', 'close'])),
    );
    return { instrumentIds, ...layMatrix(series) };
  }

  async coverage(workspaceId: string): Promise<readonly BarCoverage[]> {
    const files = await this.#list(workspaceId, null, null);
    const groups = Map.groupBy(files, (file) => `${file.instrumentId} ${file.timeframe}`);
    return [...groups.values()].map(coverageOf).sort(byInstrument);
  }

  async compact(
    workspaceId: string,
    signal: AbortSignal,
  ): Promise<{ readonly before: number; readonly after: number }> {
    const { store, objects, clock, graceMs = hourMs } = this.#options;
    return compactBars(
      {
        list: () => this.#list(workspaceId, null, null),
        read: (files) => readFiles({ duck: this.#duck, objects }, files, whole, barFields),
        keep: (like, columns) => this.#keep({ ...like, workspaceId }, columns),
        join: (file, partIds) =>
          store.write(workspaceId, ({ barFiles }) => barFiles.join(file, partIds)),
        retired: () => store.read(workspaceId, ({ barFiles }) => barFiles.retired()),
        objects,
        before: () => Date.parse(clock.now()) - graceMs,
      },
      workspaceId,
      signal,
    );
  }

  async verify(workspaceId: string): Promise<readonly BarFileFinding[]> {
    const findings: BarFileFinding[] = [];
    for (const { name, sha256 } of await this.#list(workspaceId, null, null)) {
      const bytes = await this.#options.objects.get(name);
      const detail =
        bytes === null
          ? `The file ${name} is listed and not there.`
          : hashBytes(bytes) !== sha256 && `The file ${name} is not the one that was kept.`;
      if (detail !== false) findings.push({ workspaceId, name, detail });
    }
    return findings;
  }

  close(): Promise<void> {
    return this.#duck.close();
  }

  #list(
    workspaceId: string,
    ids: readonly string[] | null,
    timeframe: BarRange['timeframe'] | null,
  ) {
    return this.#options.store.read(workspaceId, ({ barFiles }) => barFiles.list(ids, timeframe));
  }

  /** Keeps bars as a file that is not listed yet. */
  async #keep(
    of: Pick<BarFile, 'instrumentId' | 'timeframe' | 'source'> & { readonly workspaceId: string },
    columns: Columns,
  ): Promise<Omit<BarFile, 'version'>> {
    const { objects, clock, newId } = this.#options;
    const id = newId();
    const times = present(columns[0], 'The column of times');
    const [first, last] = [times[0] as number, times.at(-1) as number];
    const bytes = await encodeParquet(this.#duck, columns, id);
    const name = fileName({ ...of, id, first, createdMs: Date.parse(clock.now()) });
    await objects.put(name, bytes);
    const { instrumentId, timeframe, source } = of;
    const listed = { id, instrumentId, timeframe, name, source, first, last };
    return { ...listed, sha256: hashBytes(bytes), size: bytes.length, count: times.length };
  }

  /** A file that is gone because it was joined meanwhile is no loss: the list says where its bars are now. */
  async #read(
    workspaceId: string,
    instrumentId: string,
    range: BarRange,
    fields: readonly BarField[],
  ): Promise<Columns> {
    const { objects } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const files = await this.#list(workspaceId, [instrumentId], range.timeframe);
      try {
        return await readFiles({ duck: this.#duck, objects }, files, range, fields);
      } catch (error) {
        const gone = error instanceof ObjectRefusal && error.fault.code === 'objects.missing';
        if (!gone || attempt === attempts) throw error;
      }
    }
  }
}

const whole = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** The columns in the order of `barFields`; bars that do not rise in whole milliseconds are a bug. */
function columnsOf({ from, open, high, low, close, volume }: TimedBars): Columns {
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < from.length; i++) {
    const at = from[i] as number;
    if (!Number.isSafeInteger(at) || at <= before) {
      throw new InvariantError(`Bar ${i} starts at ${at}, after one that starts at ${before}`);
    }
    before = at;
  }
  const columns = [from, open, high, low, close, volume];
  invariant(
    columns.every(({ length }) => length === from.length),
    `Columns of bars have lengths ${columns.map(({ length }) => length).join(', ')}`,
  );
  return columns;
}

/** Stretches of rows `[start, end)` of one period each. */
function* periods(
  from: Float64Array,
  periodAt: (at: number) => string,
): Generator<readonly [number, number]> {
  let start = 0;
  let period = from.length > 0 ? periodAt(from[0] as number) : '';
  let day = Number.NaN;
  for (let i = 1; i < from.length; i++) {
    const at = Math.floor((from[i] as number) / (24 * hourMs));
    if (at === day) continue;
    day = at;
    const here = periodAt(from[i] as number);
    if (here === period) continue;
    yield [start, i];
    [start, period] = [i, here];
  }
  if (from.length > 0) yield [start, from.length];
}

function coverageOf(files: readonly BarFile[]): BarCoverage {
  const { instrumentId, timeframe } = present(files[0], 'A file of the group');
  const total = (of: (file: BarFile) => number) => files.reduce((sum, file) => sum + of(file), 0);
  return {
    instrumentId,
    timeframe,
    first: Math.min(...files.map(({ first }) => first)),
    last: Math.max(...files.map(({ last }) => last)),
    count: total(({ count }) => count),
    files: files.length,
    bytes: total(({ size }) => size),
    source: [...new Set(files.flatMap(({ source }) => source.split(', ')))].join(', '),
  };
}

const byInstrument = (a: BarCoverage, b: BarCoverage): number =>
  a.instrumentId < b.instrumentId || a.instrumentId > b.instrumentId
    ? a.instrumentId < b.instrumentId
      ? -1
      : 1
    : timeframes.indexOf(a.timeframe) - timeframes.indexOf(b.timeframe);
