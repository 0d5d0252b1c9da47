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
import type { Holding } from './holding.ts';
import { holdingOf, IndicatorSight } from './views.ts';

type Given = Readonly<Record<string, unknown>>;

/** Computes the indicators that a strategy asks for, each once. */
export class IndicatorsOfRun {
  readonly #only: InstrumentView;
  readonly #columns = new Map<string, readonly Float64Array[]>();

  constructor(only: InstrumentView) {
    this.#only = only;
  }

  view(id: string, params: Given = {}, options: IndicatorOptions = {}): IndicatorView {
    const indicator = indicatorById(id);
    if (!indicator) throw new RangeError(`There is no indicator "${id}".`);
    const read = readIndicatorParameters(indicator, params);
    if (!read.ok) throw new RangeError(read.fault.detail);
    if (options.timeframe !== undefined) {
      throw new RangeError(`The run has no bars of "${options.timeframe}".`);
    }
    const held = holdingOf(options.of ?? this.#only);
    const { signals, bars } = held;
    const other = options.other && holdingOf(options.other);
    const columns = {
      ...signals,
      session: bars.session,
      value: signals[options.field ?? 'close'],
      ...(other ? { other: alignedTo(held, other) } : {}),
    };
    const missing = missingColumns(indicator, columns);
    if (missing.length > 0) throw new RangeError(`${id} needs ${missing.join(' and ')}.`);
    const key = JSON.stringify([id, params, held.index, options.field, other?.index]);
    const outputs = this.#columns.get(key) ?? runIndicator(indicator, params, columns);
    this.#columns.set(key, outputs);
    return new IndicatorSight(held, indicator.outputs, outputs);
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
