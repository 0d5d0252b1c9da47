import { ok, type Parameter, type Result, readParameters, refuse } from '@plimsoll/kernel';

/** A value that a search may try. */
export type AxisValue = number | string | boolean;

/**
 * One searched parameter. A coordinate on it is the number of a level, or, where it is continuous, a
 * share from 0 to 1 of the way from its low to its high end (by the logarithm on a log scale).
 */
export interface Axis {
  readonly name: string;
  /** `ordered` levels have neighbours and distances; `categorical` ones are equal or not. */
  readonly kind: 'ordered' | 'categorical';
  /** Number of levels, Infinity where continuous. */
  readonly levels: number;
  readonly valueAt: (coordinate: number) => AxisValue;
  /** Where a coordinate lies between the ends, from 0 to 1: what distances are measured in. */
  readonly share: (coordinate: number) => number;
  /** The coordinate nearest to such a share. */
  readonly nearest: (share: number) => number;
}

/** The most levels of one axis. */
const mostLevels = 1_000_000;

/** Digits kept of a stepped value, so that 0.1 + 2 × 0.1 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

const isRecord = (given: unknown): given is Readonly<Record<string, unknown>> =>
  typeof given === 'object' && given !== null && !Array.isArray(given);

/**
 * Reads the axis of one parameter: `{ from, to, step? }`, `to` included; `{ from, to, scale: 'log' }`;
 * `{ from, to, points, scale? }` for so many values evenly apart; `{ in: [...] }`; or for a flag or a
 * choice `{}` for all it may be. Without step and points a number is continuous and an integer takes
 * every whole value.
 *
 * @returns refused where a value is none that the parameter takes.
 */
export function readAxis(name: string, parameter: Parameter, given: unknown): Result<Axis> {
  const wrong = (what: string): Result<Axis> =>
    refuse({ code: 'search.axis', detail: `Search of ${name}: ${what}` });
  if (!isRecord(given)) return wrong('give { from, to, step } or { in: [...] }.');
  const asked = Object.keys(given);
  const unknownKey = asked.find(
    (key) => !['from', 'to', 'step', 'scale', 'points', 'in'].includes(key),
  );
  if (unknownKey !== undefined) {
    return wrong(`${unknownKey} is not asked for; known are from, to, step, scale, points and in.`);
  }
  const axis = axisOf(name, parameter, given);
  if (typeof axis === 'string') return wrong(axis);
  for (const value of probes(axis)) {
    const read = readParameters({ [name]: parameter }, { [name]: value });
    if (!read.ok) return wrong(`its value ${value} is refused, ${read.fault.detail}`);
  }
  return ok(axis);
}

/** Values that stand for the others: all of a list, the ends and the second of a range. */
function probes(axis: Axis): readonly AxisValue[] {
  if (axis.levels === Number.POSITIVE_INFINITY) return [axis.valueAt(0), axis.valueAt(1)];
  const places =
    axis.levels <= 1000
      ? Array.from({ length: axis.levels }, (_, i) => i)
      : [0, 1, axis.levels - 2, axis.levels - 1];
  return places.map(axis.valueAt);
}

type Given = Readonly<Record<string, unknown>>;

function axisOf(name: string, parameter: Parameter, given: Given): Axis | string {
  switch (parameter.kind) {
    case 'flag':
      return listAxis(name, given['in'] ?? [false, true]);
    case 'choice':
      return listAxis(name, given['in'] ?? parameter.of);
    case 'text':
      return listAxis(name, given['in']);
    case 'number':
    case 'integer':
      return given['in'] === undefined
        ? rangeAxis(name, parameter.kind === 'integer', given)
        : listAxis(name, given['in']);
    default:
      return `a parameter of kind ${parameter.kind} cannot be searched; fix its value instead.`;
  }
}

function listAxis(name: string, given: unknown): Axis | string {
  if (!Array.isArray(given) || given.length === 0)
    return 'in must be a list of at least one value.';
  if (given.length > mostLevels) return `in has ${given.length} values, more than ${mostLevels}.`;
  if (new Set(given).size < given.length) return 'in names a value twice.';
  const values = given as readonly AxisValue[];
  const odd = values.find((value) => !['number', 'string', 'boolean'].includes(typeof value));
  if (odd !== undefined) return 'in must hold numbers, texts or flags.';
  const ordered = values.every(
    (value, i) => typeof value === 'number' && (i === 0 || value > (values[i - 1] as number)),
  );
  return levelAxis(name, ordered ? 'ordered' : 'categorical', values);
}

/** Levels evenly apart, whatever their values are. */
function levelAxis(name: string, kind: Axis['kind'], values: readonly AxisValue[]): Axis {
  const last = values.length - 1;
  return {
    name,
    kind,
    levels: values.length,
    valueAt: (level) => values[level] as AxisValue,
    share: (level) => (last === 0 ? 0.5 : level / last),
    nearest: (share) => Math.min(last, Math.max(0, Math.round(share * last))),
  };
}

function rangeAxis(name: string, whole: boolean, given: Given): Axis | string {
  const wrong = wrongRange(whole, given);
  if (wrong !== undefined) return wrong;
  const range = { ...(given as unknown as Range), log: given['scale'] === 'log', whole };
  const { from, to, step, points, log } = range;
  if (points !== undefined) return spacedAxis(name, evenly(range, points), log);
  if (step === undefined && !whole) return continuousAxis(name, from, to, log);
  const apart = step ?? 1;
  const levels = Math.floor((to - from) / apart + 1e-9) + 1;
  if (levels > mostLevels)
    return `${levels} values are more than ${mostLevels}; take a larger step.`;
  const values = Float64Array.from({ length: levels }, (_, i) => tidy(from + i * apart));
  return spacedAxis(name, values, log);
}

function wrongRange(whole: boolean, given: Given): string | undefined {
  const { from, to, step, points, scale = 'linear' } = given;
  if (!isNumber(from) || !isNumber(to)) return 'from and to must be finite numbers.';
  if (from > to) return `from ${from} is above to ${to}.`;
  if (scale !== 'linear' && scale !== 'log') return 'scale must be linear or log.';
  if (scale === 'log' && from <= 0) return `a log scale starts above 0, not at ${from}.`;
  if (whole && ![from, to, step ?? 1].every(Number.isInteger)) {
    return 'from, to and step of a whole number must be whole.';
  }
  return wrongSteps(step, points);
}

function wrongSteps(step: unknown, points: unknown): string | undefined {
  if (step !== undefined && points !== undefined) return 'give step or points, not both.';
  if (step !== undefined && !(isNumber(step) && step > 0)) return 'step must be above 0.';
  if (points === undefined) return undefined;
  const isCount = isNumber(points) && Number.isInteger(points) && points >= 1;
  if (!isCount) return 'points must be a whole number of at least 1.';
  return points > mostLevels ? `${points} points are more than ${mostLevels}.` : undefined;
}

const isNumber = (given: unknown): given is number => Number.isFinite(given);

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step?: number;
  readonly points?: number;
  readonly log: boolean;
  readonly whole: boolean;
}

/** So many values evenly apart on the scale, fewer where rounding to whole ones makes them alike. */
function evenly({ from, to, log, whole }: Range, points: number): Float64Array {
  const values = Array.from({ length: points }, (_, i) => {
    const share = points === 1 ? 0.5 : i / (points - 1);
    const value = log ? from * (to / from) ** share : from + share * (to - from);
    return whole ? Math.round(value) : tidy(value);
  });
  return Float64Array.from(new Set(values));
}

/** Ascending values, as far apart as their numbers or the logarithms of these are. */
function spacedAxis(name: string, values: Float64Array, log: boolean): Axis {
  const last = values.length - 1;
  const scaled = log ? values.map(Math.log) : values;
  const [low, range] = [scaled[0], scaled[last] - scaled[0]];
  const share = (level: number): number => (range === 0 ? 0.5 : (scaled[level] - low) / range);
  return {
    name,
    kind: 'ordered',
    levels: values.length,
    valueAt: (level) => values[level],
    share,
    nearest: (wanted) => nearestLevel(scaled, low + wanted * range),
  };
}

/** Place of the value nearest to x in ascending values, the lower of two as near. */
function nearestLevel(values: Float64Array, x: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - values[low - 1] <= values[low] - x ? low - 1 : low;
}

function continuousAxis(name: string, from: number, to: number, log: boolean): Axis {
  const inside = (share: number): number => Math.min(1, Math.max(0, share));
  // Rounding must not carry a value beyond the ends that were allowed.
  const valueAt = (share: number): number =>
    Math.min(to, Math.max(from, log ? from * (to / from) ** share : from + share * (to - from)));
  return {
    name,
    kind: 'ordered',
    levels: from === to ? 1 : Number.POSITIVE_INFINITY,
    valueAt: from === to ? () => from : valueAt,
    share: (share) => share,
    nearest: from === to ? () => 0 : inside,
  };
}
