import {
  type Json,
  ok,
  type ParameterTable,
  type Result,
  readParameters,
  refuse,
} from '@plimsoll/kernel';
import { type Axis, readAxis } from './axis.ts';

/** Values of all parameters of a strategy, by name. */
export type ParameterSet = Readonly<Record<string, Json>>;

/** A coordinate for each axis, in their order. */
export type Point = readonly number[];

/** All that a search may try. */
export interface ParameterSpace {
  readonly axes: readonly Axis[];
  /** Number of points, before the check; null where an axis is continuous or they are beyond 2⁴⁸. */
  readonly size: number | null;
  /** The whole parameter set at a point: what is searched, what is fixed, and the defaults. */
  readonly parametersAt: (point: Point) => ParameterSet;
  /** Why these parameters do not go together; null where they do. */
  readonly check: (parameters: ParameterSet) => string | null;
}

export interface SpaceOptions {
  /** Values of parameters that are not searched; the others keep their defaults. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** Says why parameters do not go together, such as a fast average that is slower than the slow one. */
  readonly check?: (parameters: ParameterSet) => string | null;
}

/** Indices of points stay exact in a number, with room to compute. */
const mostPoints = 2 ** 48;

/**
 * Reads what is to be searched, `{ fast: { from: 2, to: 101, step: 1 }, kind: { in: ['sma', 'ema'] } }`,
 * against the table of the parameters.
 *
 * @returns refused where a parameter is unknown, a value is none that it takes, nothing is searched,
 *   or a parameter that is not searched has neither a value nor a default.
 */
export function readSpace(
  table: ParameterTable,
  given: unknown,
  { fixed = {}, check = () => null }: SpaceOptions = {},
): Result<ParameterSpace> {
  const wrong = (detail: string): Result<ParameterSpace> =>
    refuse({ code: 'search.space', detail });
  const names = typeof given === 'object' && given !== null ? Object.keys(given) : [];
  if (names.length === 0) return wrong('Name at least one parameter to search.');
  const axes: Axis[] = [];
  for (const name of names) {
    const parameter = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!parameter) {
      return wrong(`There is no parameter ${name}; known are ${Object.keys(table).join(', ')}.`);
    }
    if (Object.hasOwn(fixed, name)) return wrong(`${name} is both searched and fixed; choose one.`);
    const axis = readAxis(name, parameter, (given as Readonly<Record<string, unknown>>)[name]);
    if (!axis.ok) return axis;
    axes.push(axis.value);
  }
  const still = Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)));
  const base = readParameters(still, fixed);
  if (!base.ok) return base;
  return ok(spaceOf(axes, base.value as ParameterSet, check));
}

function spaceOf(
  axes: readonly Axis[],
  base: ParameterSet,
  check: ParameterSpace['check'],
): ParameterSpace {
  const size = axes.reduce((product, { levels }) => product * levels, 1);
  return {
    axes,
    size: size <= mostPoints ? size : null,
    check,
    parametersAt: (point) => {
      const set: Record<string, Json> = { ...base };
      axes.forEach(({ name, valueAt }, i) => {
        set[name] = valueAt(point[i]);
      });
      return set;
    },
  };
}

/**
 * The point of a number from 0 to `size` − 1, as nested loops would reach it: the last axis turns
 * fastest.
 */
export function pointAt({ axes }: ParameterSpace, index: number): Point {
  const point = new Array<number>(axes.length);
  let rest = index;
  for (let i = axes.length - 1; i >= 0; i--) {
    const { levels } = axes[i];
    point[i] = rest % levels;
    rest = Math.floor(rest / levels);
  }
  return point;
}

/** The number of a point; the inverse of `pointAt`. */
export const indexOf = ({ axes }: ParameterSpace, point: Point): number =>
  axes.reduce((index, { levels }, i) => index * levels + point[i], 0);

/** The most points that are counted one by one. */
const mostCounted = 1_000_000;

/** Points that the check allows; null where there are more than a million, or they cannot be counted. */
export function countAllowed(space: ParameterSpace): number | null {
  if (space.size === null || space.size > mostCounted) return null;
  let allowed = 0;
  for (let index = 0; index < space.size; index++) {
    if (space.check(space.parametersAt(pointAt(space, index))) === null) allowed += 1;
  }
  return allowed;
}

/** A name for a point: equal for equal points of a space. */
export const pointKey = (point: Point): string => point.join(',');
