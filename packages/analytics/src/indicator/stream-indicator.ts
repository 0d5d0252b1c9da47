import type { Indicator, IndicatorColumn } from './define-indicator.ts';
import { type IndicatorParameters, inputOf, valuesOf } from './run-indicator.ts';

/** An indicator fed bar by bar. The bits are those of `runIndicator` over the same bars. */
export interface IndicatorStream {
  /** Bars pushed so far. */
  readonly length: number;
  /**
   * Adds a bar and computes its outputs. What the indicator needs and the bar does not have counts as
   * NaN; `value` is the close where it is not given.
   */
  push(bar: Readonly<Partial<Record<IndicatorColumn, number>>>): void;
  /** The newest value of the first output, or of the one named; NaN before the first bar. */
  latest(output?: string): number;
  /** An output from the first bar to the newest: a view, good until the next bar. */
  column(output?: string): Float64Array;
}

const first = 256;

/** Starts the indicator on an empty history. Crashes where a parameter is wrong, as `runIndicator`. */
export function streamIndicator(
  indicator: Indicator,
  params: IndicatorParameters,
): IndicatorStream {
  const { needs, outputs: names } = indicator;
  const run = indicator.start(valuesOf(indicator, params));
  let capacity = first;
  let length = 0;
  let columns: Float64Array[] = needs.map(() => new Float64Array(capacity));
  let outputs: Float64Array[] = names.map(() => new Float64Array(capacity));
  const named = () => inputOf(Object.fromEntries(needs.map((name, i) => [name, columns[i]])));
  let input = named();

  const grow = (): void => {
    capacity *= 2;
    columns = columns.map((column) => grown(column, capacity));
    outputs = outputs.map((column) => grown(column, capacity));
    input = named();
  };
  const placeOf = (output: string | undefined): number => {
    const place = output === undefined ? 0 : names.indexOf(output);
    if (place < 0) throw new RangeError(`${indicator.id} has no output ${output}`);
    return place;
  };

  return {
    get length() {
      return length;
    },
    push(bar) {
      if (length === capacity) grow();
      for (let i = 0; i < needs.length; i++) {
        const given = needs[i] === 'value' ? (bar.value ?? bar.close) : bar[needs[i]];
        columns[i][length] = given ?? Number.NaN;
      }
      run.advance(input, length, length + 1, outputs);
      length++;
    },
    latest: (output) => (length === 0 ? Number.NaN : outputs[placeOf(output)][length - 1]),
    column: (output) => outputs[placeOf(output)].subarray(0, length),
  };
}

function grown(column: Float64Array, capacity: number): Float64Array {
  const larger = new Float64Array(capacity);
  larger.set(column);
  return larger;
}
