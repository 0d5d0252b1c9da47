import {
  type IndicatorColumns,
  indicatorById,
  missingColumns,
  readIndicatorParameters,
  runIndicator,
} from '../../indicator/index.ts';
import type { VectorInput } from '../../strategy/define-strategy.ts';
import type { BacktestBars } from '../market.ts';

type Given = Readonly<Record<string, unknown>>;

/** What is kept under one name or value, and what under more of them. */
interface Shelf {
  row: Float64Array | null;
  readonly more: Map<unknown, Shelf>;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const emptyShelf = (): Shelf => ({ row: null, more: new Map() });

function under({ more }: Shelf, key: unknown): Shelf {
  const kept = more.get(key);
  if (kept) return kept;
  const shelf = emptyShelf();
  more.set(key, shelf);
  return shelf;
}

/**
 * Rows of indicators over the bars of one instrument, each computed once and kept until they take too
 * much room together; then all are forgotten.
 */
export class IndicatorRows {
  readonly #columns: IndicatorColumns;
  readonly #most: number;
  #shelves = emptyShelf();
  #count = 0;
  readonly input: VectorInput;

  /**
   * @param from The first bar that counts.
   * @param mostBytes Room for the rows kept.
   */
  constructor(bars: BacktestBars, from: number, mostBytes: number) {
    const { open, high, low, close, volume, session } = bars;
    this.#columns = { open, high, low, close, volume, session, value: close };
    this.#most = Math.max(8, Math.floor(mostBytes / (8 * Math.max(1, close.length))));
    const indicator: VectorInput['indicator'] = (id, params, output) =>
      this.row(id, params, output);
    this.input = { from, open, high, low, close, volume, indicator };
  }

  /** Throws a RangeError where there is no such indicator, output or parameter. */
  row(id: string, params: Given = {}, output?: string): Float64Array {
    let shelf = under(under(this.#shelves, id), output);
    for (const name in params) {
      const value = params[name];
      shelf = under(under(shelf, name), isObject(value) ? JSON.stringify(value) : value);
    }
    if (shelf.row) return shelf.row;
    if (this.#count >= this.#most) {
      this.#shelves = emptyShelf();
      this.#count = 0;
      return this.row(id, params, output);
    }
    this.#count++;
    shelf.row = this.#computed(id, params, output);
    return shelf.row;
  }

  #computed(id: string, params: Given, output: string | undefined): Float64Array {
    const indicator = indicatorById(id);
    if (!indicator) throw new RangeError(`There is no indicator "${id}".`);
    const read = readIndicatorParameters(indicator, params);
    if (!read.ok) throw new RangeError(read.fault.detail);
    const missing = missingColumns(indicator, this.#columns);
    if (missing.length > 0) throw new RangeError(`${id} needs ${missing.join(' and ')}.`);
    const place = output === undefined ? 0 : indicator.outputs.indexOf(output);
    const row = runIndicator(indicator, params, this.#columns)[place];
    if (!row) throw new RangeError(`${id} has no output "${output}".`);
    return row;
  }
}
