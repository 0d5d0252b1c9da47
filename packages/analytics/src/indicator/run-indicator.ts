import { invariant, ok, type Result, readParameters, refuse } from '@plimsoll/kernel';
import type { Indicator, IndicatorColumn, IndicatorInput } from './define-indicator.ts';

/** Columns by name, all of one length; only those that an indicator needs have to be there. */
export type IndicatorColumns = Partial<IndicatorInput>;

/** Values of an indicator's parameters by name; what is left out is as its table says. */
export type IndicatorParameters = Readonly<Record<string, unknown>>;

/** Bars computed in one call. */
const stretch = 8192;

const none = new Float64Array(0);

/** Columns that the indicator needs and that are not there. `value` is the close where it is not given. */
export const missingColumns = (
  { needs }: Indicator,
  columns: IndicatorColumns,
): readonly IndicatorColumn[] =>
  needs.filter(
    (name) => columns[name] === undefined && (name !== 'value' || columns.close === undefined),
  );

/**
 * The parameters checked against the indicator's table, with defaults filled in.
 *
 * @returns `indicator.parameters` where one is wrong.
 */
export function readIndicatorParameters(
  { id, params }: Indicator,
  given: IndicatorParameters,
): Result<ReturnType<typeof valuesOf>> {
  const read = readParameters(params, given);
  if (read.ok) return ok(read.value);
  return refuse({ code: 'indicator.parameters', detail: `${id}: ${read.fault.detail}` });
}

/** The parameters with defaults filled in, where a wrong one is a mistake of our own code. */
export function valuesOf({ id, params }: Indicator, given: IndicatorParameters) {
  const read = readParameters(params, given);
  invariant(read.ok, `parameters of ${id}: ${read.ok ? '' : read.fault.detail}`);
  return read.value;
}

/** All columns, those that are not there empty. */
export function inputOf(columns: IndicatorColumns): IndicatorInput {
  const { open, high, low, close, volume, value, other, session } = columns;
  return {
    open: open ?? none,
    high: high ?? none,
    low: low ?? none,
    close: close ?? none,
    volume: volume ?? none,
    value: value ?? close ?? none,
    other: other ?? none,
    session: session ?? none,
  };
}

/**
 * The outputs over a whole history, in the order of `indicator.outputs`, each as long as the columns.
 * NaN where there is none yet, and where an input is no number. Crashes where a column that is needed
 * is missing or shorter than another, or a parameter is wrong: check what came from outside with
 * `missingColumns` and `readIndicatorParameters`.
 *
 * @param into Columns to write to and return, where they are at hand already: memory that is new costs
 * as much as the work.
 */
export function runIndicator(
  indicator: Indicator,
  params: IndicatorParameters,
  columns: IndicatorColumns,
  into?: Float64Array[],
): Float64Array[] {
  const run = indicator.start(valuesOf(indicator, params));
  const missing = missingColumns(indicator, columns);
  invariant(missing.length === 0, `${indicator.id} needs ${missing.join(', ')}`);
  const input = inputOf(columns);
  const n = indicator.needs.length > 0 ? input[indicator.needs[0]].length : 0;
  invariant(
    indicator.needs.every((name) => input[name].length === n),
    `columns of ${indicator.id} are of one length`,
  );
  const outputs = into ?? indicator.outputs.map(() => new Float64Array(n));
  invariant(
    outputs.length === indicator.outputs.length && outputs.every(({ length }) => length === n),
    `${indicator.id} writes ${indicator.outputs.length} columns of ${n} bars`,
  );
  // In stretches, as a function that is called often is compiled better than a loop that goes on.
  for (let from = 0; from < n; from += stretch) {
    run.advance(input, from, Math.min(n, from + stretch), outputs);
  }
  return outputs;
}
