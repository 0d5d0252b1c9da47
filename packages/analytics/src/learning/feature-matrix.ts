import { ok, type Result, refuse } from '@plimsoll/kernel';
import { type Matrix, matrix } from '@plimsoll/quant/linear-algebra';
import { featureColumn } from './feature-columns.ts';
import type { FeatureDefinition, FeatureSpec } from './feature-definition.ts';
import type { LearningBars } from './labels.ts';

/** Features of several instruments, a row a bar, sorted by when it is known and then by instrument. */
export interface FeatureMatrix {
  readonly names: readonly string[];
  readonly instruments: readonly string[];
  /** [rows × features], row-major; NaN where there is no value. */
  readonly x: Matrix;
  /** When each row is known: milliseconds since 1970 UTC, ascending. Shape [rows]. */
  readonly times: Float64Array;
  /** Place of the row's instrument and of its bar there. Shape [rows]. */
  readonly instrument: Int32Array;
  readonly bar: Int32Array;
}

/** Features times rows. */
const mostCells = 200_000_000;

/**
 * Computes features. A row rests on bars known at its own time or before; what compares instruments
 * takes those with a bar known at the very same time.
 *
 * @param definition As `readFeatureDefinition` gives it. @param bars One for each instrument.
 * @returns refused where columns have not one length, times do not ascend, or instruments are compared
 *   and there is only one.
 *
 * Cost: bars × features × window. Rows: all bars of all instruments.
 */
export function computeFeatures(
  { features }: FeatureDefinition,
  bars: readonly LearningBars[],
): Result<FeatureMatrix> {
  const wrong = whyNoFeatures(features, bars);
  if (wrong !== undefined) return refuse({ code: 'features.bars', detail: wrong });
  const order = rowsInOrder(bars);
  const { times, instrument, bar } = order;
  const x = matrix(times.length, features.length);
  features.forEach((spec, j) => {
    const columns = bars.map((each) => featureColumn(each, spec));
    const values = Float64Array.from(times, (_, i) => {
      const column = columns[instrument[i]] as Float64Array;
      return column[bar[i]];
    });
    const made = spec.across === 'none' ? values : compared(values, times, spec.across);
    for (let i = 0; i < made.length; i++) x.data[i * features.length + j] = made[i];
  });
  return ok({
    names: features.map(({ name }) => name),
    instruments: bars.map((each) => each.instrument),
    x,
    ...order,
  });
}

function whyNoFeatures(
  features: readonly FeatureSpec[],
  bars: readonly LearningBars[],
): string | undefined {
  if (bars.length === 0) return 'There are no bars to compute features of.';
  for (const { instrument, open, high, low, close, volume, knownAt } of bars) {
    const n = knownAt.length;
    if (![open, high, low, close, volume].every((each) => each.length === n)) {
      return `The columns of ${instrument} have not one length of ${n}.`;
    }
    const back = knownAt.findIndex((time, i) => !(i === 0 || time > knownAt[i - 1]));
    if (back >= 0) return `Bar ${back + 1} of ${instrument} is not known after the one before it.`;
  }
  const rows = bars.reduce((sum, each) => sum + each.knownAt.length, 0);
  if (rows * features.length > mostCells) {
    return `${rows} rows of ${features.length} features are more than ${mostCells} in all.`;
  }
  const comparing = features.find(({ across }) => across !== 'none');
  return comparing && bars.length < 2
    ? `${comparing.name} compares instruments, and there is only ${bars[0]?.instrument}.`
    : undefined;
}

function rowsInOrder(
  bars: readonly LearningBars[],
): Pick<FeatureMatrix, 'times' | 'instrument' | 'bar'> {
  const all = bars.flatMap(({ knownAt }, instrument) =>
    Array.from(knownAt, (time, bar) => ({ time, instrument, bar })),
  );
  if (bars.length > 1) all.sort((a, b) => a.time - b.time || a.instrument - b.instrument);
  return {
    times: Float64Array.from(all, ({ time }) => time),
    instrument: Int32Array.from(all, ({ instrument }) => instrument),
    bar: Int32Array.from(all, ({ bar }) => bar),
  };
}

/** Values among those of the same time: rank from 0 to 1, equals sharing one, or z-score (ddof 1). */
function compared(values: Float64Array, times: Float64Array, how: 'rank' | 'z-score' | string) {
  const made = new Float64Array(values.length).fill(Number.NaN);
  for (let from = 0; from < values.length; ) {
    let until = from + 1;
    while (until < values.length && times[until] === times[from]) until += 1;
    const places: number[] = [];
    for (let i = from; i < until; i++) if (!Number.isNaN(values[i])) places.push(i);
    if (places.length >= 2) {
      if (how === 'rank') rankInto(values, places, made);
      else scoreInto(values, places, made);
    }
    from = until;
  }
  return made;
}

function rankInto(values: Float64Array, places: number[], made: Float64Array): void {
  const last = places.length - 1;
  places.sort((a, b) => values[a] - values[b] || a - b);
  for (let i = 0; i <= last; ) {
    let j = i;
    while (j < last && values[places[j + 1] as number] === values[places[i] as number]) j += 1;
    for (let k = i; k <= j; k++) made[places[k] as number] = (i + j) / 2 / last;
    i = j + 1;
  }
}

function scoreInto(values: Float64Array, places: number[], made: Float64Array): void {
  // Summed by size, so that the order of the instruments changes no bit.
  places.sort((a, b) => values[a] - values[b]);
  const mean = places.reduce((sum, i) => sum + values[i], 0) / places.length;
  const squares = places.reduce((sum, i) => sum + (values[i] - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (places.length - 1));
  for (const i of places) made[i] = deviation === 0 ? 0 : (values[i] - mean) / deviation;
}
