import { isDay } from './day.ts';
import type {
  NumberParameter,
  PanelParameter,
  Parameter,
  ParameterTable,
  SeriesParameter,
  ValuesOf,
} from './parameters.ts';
import { type Fault, ok, type Result, refuse } from './result.ts';

/** Where a value stands in what was given, and what is wrong with it. */
interface Mistake {
  readonly path: string;
  readonly message: string;
}

/** What was given is not what a table asks for; `errors` names every mistake. */
export interface ParameterFault extends Fault {
  readonly code: 'parameters.invalid';
  readonly errors: readonly Mistake[];
}

/** The most mistakes that are told of. */
const most = 20;

/**
 * Checks what came from outside against a table and fills in the defaults. Numbers must be finite;
 * names that the table does not have are mistakes, so that a misspelt one is not quietly ignored.
 */
export function readParameters<T extends ParameterTable>(
  table: T,
  given: unknown,
): Result<ValuesOf<T>, ParameterFault> {
  const mistakes: Mistake[] = [];
  const values = readTable(table, given, '', mistakes);
  if (mistakes.length === 0) return ok(values as ValuesOf<T>);
  const told = mistakes.slice(0, 5).map(({ path, message }) => `${path || 'input'}: ${message}`);
  return refuse({
    code: 'parameters.invalid',
    detail: `${told.join('; ')}${mistakes.length > 5 ? '; and more' : ''}.`,
    errors: mistakes.slice(0, most),
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readTable(
  table: ParameterTable,
  given: unknown,
  path: string,
  mistakes: Mistake[],
): Readonly<Record<string, unknown>> {
  if (!isObject(given)) {
    mistakes.push({ path, message: `must be an object with ${Object.keys(table).join(', ')}` });
    return {};
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(table, name)) continue;
    const known = Object.keys(table).join(', ');
    mistakes.push({ path: below(path, name), message: `is not asked for; known are ${known}` });
  }
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(table)) {
    values[name] = readOne(parameter, given[name], below(path, name), mistakes);
  }
  return values;
}

const below = (path: string, name: string | number): string =>
  path === '' ? String(name) : `${path}.${name}`;

function readOne(parameter: Parameter, given: unknown, path: string, mistakes: Mistake[]): unknown {
  if (given === undefined || given === null) return readAbsent(parameter, path, mistakes);
  const wrong = (message: string): undefined => {
    mistakes.push({ path, message });
  };
  switch (parameter.kind) {
    case 'number':
    case 'integer':
      return readNumber(parameter, given, wrong);
    case 'choice':
      return typeof given === 'string' && parameter.of.includes(given)
        ? given
        : wrong(`must be one of ${parameter.of.join(', ')}`);
    case 'flag':
      return typeof given === 'boolean' ? given : wrong('must be true or false');
    case 'text':
      return readText(given, wrong);
    case 'day':
      return typeof given === 'string' && isDay(given)
        ? given
        : wrong('must be a day like 2026-03-31');
    case 'numbers':
      return areNumbers(given) ? given : wrong('must be a list of finite numbers');
    case 'matrix':
      return Array.isArray(given) && given.every(areNumbers) && sameLength(given)
        ? given
        : wrong('must be a list of rows of finite numbers, all of one length');
    case 'names':
      return Array.isArray(given) && given.every((each) => typeof each === 'string')
        ? given
        : wrong('must be a list of names');
    case 'by-name':
      return isObject(given) && Object.values(given).every(Number.isFinite)
        ? given
        : wrong('must be an object of finite numbers by name');
    case 'text-by-name':
      return isObject(given) && Object.values(given).every((each) => typeof each === 'string')
        ? given
        : wrong('must be an object of texts by name');
    case 'series':
      return readSeries(parameter, given, wrong);
    case 'panel':
      return readPanel(parameter, given, wrong);
    case 'object':
      return readTable(parameter.fields, given, path, mistakes);
    case 'list':
      return Array.isArray(given)
        ? given.map((each, i) => readOne(parameter.of, each, below(path, i), mistakes))
        : wrong('must be a list');
    case 'variant':
      return readVariant(parameter.of, given, path, mistakes);
  }
}

function readAbsent(parameter: Parameter, path: string, mistakes: Mistake[]): unknown {
  const preset = 'default' in parameter ? parameter.default : undefined;
  if (preset === undefined) {
    if (parameter.optional !== true) {
      mistakes.push({ path, message: `is missing (${parameter.title})` });
    }
    return undefined;
  }
  // The fields of what stands for an object have defaults of their own.
  const compound = parameter.kind === 'object' || parameter.kind === 'variant';
  return compound ? readOne(parameter, preset, path, mistakes) : preset;
}

type Wrong = (message: string) => undefined;

/** Whether a screen or a database would take the character for something else than text. */
const isControl = (character: string): boolean =>
  (character < ' ' && !'\t\n\r'.includes(character)) || character === '\u007f';

function readText(given: unknown, wrong: Wrong): unknown {
  if (typeof given !== 'string') return wrong('must be a text');
  return [...given].some(isControl) ? wrong('must be a text without control characters') : given;
}

function readNumber(parameter: NumberParameter, given: unknown, wrong: Wrong): unknown {
  if (typeof given !== 'number' || !Number.isFinite(given)) return wrong('must be a finite number');
  if (parameter.kind === 'integer' && !Number.isInteger(given)) return wrong('must be whole');
  const { min, max, above, below: under } = parameter;
  if (min !== undefined && given < min) return wrong(`${given} is below ${min}, the least`);
  if (max !== undefined && given > max) return wrong(`${given} is above ${max}, the most`);
  if (above !== undefined && given <= above) return wrong(`${given} must be above ${above}`);
  if (under !== undefined && given >= under) return wrong(`${given} must be below ${under}`);
  return given;
}

function readVariant(
  of: Readonly<Record<string, ParameterTable>>,
  given: unknown,
  path: string,
  mistakes: Mistake[],
): unknown {
  const kind = isObject(given) ? given['kind'] : undefined;
  const table = typeof kind === 'string' && Object.hasOwn(of, kind) ? of[kind] : undefined;
  if (!table || !isObject(given)) {
    const message = `must be an object whose kind is one of ${Object.keys(of).join(', ')}`;
    mistakes.push({ path, message });
    return undefined;
  }
  const { kind: _, ...rest } = given;
  return { kind, ...readTable(table, rest, path, mistakes) };
}

const areNumbers = (given: unknown): given is number[] =>
  Array.isArray(given) && given.every(Number.isFinite);

const sameLength = (rows: readonly (readonly unknown[])[]): boolean =>
  rows.every((row) => row.length === rows[0]?.length);

const isCell = (value: unknown): boolean => value === null || Number.isFinite(value);
const kinds: readonly unknown[] = [undefined, 'prices', 'returns', 'levels'];
const areDays = (given: unknown): boolean =>
  given === undefined ||
  (Array.isArray(given) && given.every((day) => typeof day === 'string' && isDay(day)));

function readSeries(_: SeriesParameter, given: unknown, wrong: Wrong): unknown {
  const series = Array.isArray(given) ? { values: given } : given;
  if (!isObject(series)) return wrong('must be { days, values } or a list of numbers');
  const { days, values, are, name } = series;
  if (!Array.isArray(values) || !values.every(isCell)) {
    return wrong('values must be a list of finite numbers or nulls');
  }
  if (!areDays(days)) return wrong('days must be a list of days like 2026-03-31');
  if (!kinds.includes(are)) return wrong('are must be prices, returns or levels');
  if (name !== undefined && typeof name !== 'string') return wrong('name must be a text');
  return { days, values, are, name };
}

function readPanel(_: PanelParameter, given: unknown, wrong: Wrong): unknown {
  if (!isObject(given)) return wrong('must be { days, names, values }, a row of values a day');
  const { days, names, values, are } = given;
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
    return wrong('names must be a list of names, one a column');
  }
  const isRow = (row: unknown): boolean =>
    Array.isArray(row) && row.length === names.length && row.every(isCell);
  if (!Array.isArray(values) || !values.every(isRow)) {
    return wrong(`values must be rows of ${names.length} finite numbers or nulls`);
  }
  if (!areDays(days)) return wrong('days must be a list of days like 2026-03-31');
  if (!kinds.includes(are)) return wrong('are must be prices, returns or levels');
  return { days, names, values, are };
}
