import { invariant } from '@plimsoll/kernel';
import {
  indicatorById,
  missingColumns,
  readIndicatorParameters,
  runIndicator,
} from '../indicator/index.ts';
import type {
  IndicatorOptions,
  IndicatorView,
  InstrumentView,
} from '../strategy/strategy-context.ts';
import { type CoarserBars, coarserBars, frameNames, isFrame } from './coarser-bars.ts';
import type { Holding } from './holding.ts';
import { holdingOf, IndicatorSight, type Rows } from './views.ts';

type Given = Readonly<Record<string, unknown>>;

interface Source {
  readonly columns: CoarserBars['columns'];
  readonly rows: Rows;
}

/** Computes the indicators that a strategy asks for, each once. */
export class IndicatorsOfRun {
  readonly #only: InstrumentView;
  readonly #columns = new Map<string, readonly Float64Array[]>();
  readonly #sources = new Map<string, Source>();

  constructor(only: InstrumentView) {
    this.#only = only;
  }

  view(id: string, params: Given = {}, options: IndicatorOptions = {}): IndicatorView {
    const indicator = indicatorById(id);
    if (!indicator) throw new RangeError(`There is no indicator "${id}".`);
    const read = readIndicatorParameters(indicator, params);
    if (!read.ok) throw new RangeError(read.fault.detail);
    const held = holdingOf(options.of ?? this.#only);
    const other = options.other && holdingOf(options.other);
    const source = this.#source(held, options.timeframe);
    if (other && options.timeframe !== undefined) {
      throw new RangeError(`${id} of two instruments has no coarser timeframe.`);
    }
    const columns = {
      ...source.columns,
      value: source.columns[options.field ?? 'close'],
      ...(other ? { other: alignedTo(held, other) } : {}),
    };
    const missing = missingColumns(indicator, columns);
    if (missing.length > 0) throw new RangeError(`${id} needs ${missing.join(' and ')}.`);
    const key = JSON.stringify([
      id,
      params,
      held.index,
      options.field,
      options.timeframe,
      other?.index,
    ]);
    const outputs = this.#columns.get(key) ?? runIndicator(indicator, params, columns);
    this.#columns.set(key, outputs);
    return new IndicatorSight(source.rows, indicator.outputs, outputs);
  }

  /** The columns that an indicator reads, and where its newest value stands. */
  #source(held: Holding, frame: string | undefined): Source {
    if (frame === undefined) {
      return { columns: { ...held.signals, session: held.bars.session }, rows: held };
    }
    if (!isFrame(frame)) {
      throw new RangeError(`There is no timeframe "${frame}"; there are ${frameNames}.`);
    }
    const key = `${held.index} ${frame}`;
    const known = this.#sources.get(key);
    if (known) return known;
    const { columns, newest } = coarserBars(held.bars, held.signals, frame);
    const rows = {
      get row() {
        return newest[held.row] ?? -1;
      },
    };
    const source = { columns, rows };
    this.#sources.set(key, source);
    return source;
  }
}

/** Closes of another instrument as they were known when each bar of the first was; NaN before any. */
function alignedTo(held: Holding, other: Holding): Float64Array {
  const { known } = held.bars;
  const aligned = new Float64Array(known.length).fill(Number.NaN);
  const { known: otherKnown } = other.bars;
  const { close } = other.signals;
  invariant(close.length === otherKnown.length, 'a close a bar');
  for (let row = 0, next = 0; row < known.length; row++) {
    while (next < otherKnown.length && (otherKnown[next] as number) <= (known[row] as number))
      next++;
    if (next > 0) aligned[row] = close[next - 1] as number;
  }
  return aligned;
}
