import type { Strategy, StrategyGroup } from '@plimsoll/analytics/strategy';
import { type ParameterTable, readParameters } from '@plimsoll/kernel';
import type { LoadedFile } from './load-own-strategy.ts';
import { OwnRefusal } from './own-refusal.ts';
import { placeOfWords } from './place-in-file.ts';

const callbacks = ['onStart', 'onBar', 'onFill', 'onDayClose'] as const;
const functions = [...callbacks, 'warmUp', 'check', 'signals'] as const;
const known = ['id', 'group', 'title', 'summary', 'source', 'params', 'instruments', ...functions];
const groups: readonly string[] = [
  'trend',
  'momentum',
  'mean-reversion',
  'breakout',
  'allocation',
  'seasonal',
  'options',
  'learned',
  'own',
] satisfies readonly StrategyGroup[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The strategy that a file exports, its form checked before anything of it runs.
 *
 * @throws OwnRefusal with the place of the first thing that is wrong.
 */
export function readStrategy(file: string, { exported, textOf }: LoadedFile): Strategy {
  const text = textOf(file);
  const wrong = (name: string, message: string): never => {
    throw new OwnRefusal(file, placeOfWords(text, new RegExp(`\\b${name}\\b`)), message);
  };
  if (!isObject(exported)) {
    return wrong(
      'export\\s+default',
      'its default export is no strategy. Write export default defineStrategy({ … }).',
    );
  }
  for (const name of Object.keys(exported)) {
    if (!known.includes(name))
      wrong(name, `a strategy has no ${name}; it has ${known.join(', ')}.`);
  }
  const { summary = '', group = 'own', params = {} } = exported;
  checkTexts({ ...exported, summary, group }, wrong);
  checkFunctions(exported, wrong);
  checkInstruments(exported['instruments'], wrong);
  if (!isObject(params)) return wrong('params', 'params must be a table of parameters by name.');
  for (const [name, parameter] of Object.entries(params)) {
    const mistake = parameterMistake(name, parameter);
    if (mistake !== null) wrong(name, `params.${mistake}`);
  }
  return { ...exported, summary, group, params } as unknown as Strategy;
}

type Wrong = (name: string, message: string) => never;

function checkTexts(exported: Readonly<Record<string, unknown>>, wrong: Wrong): void {
  const { id, title, summary, group, source } = exported;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(id)) {
    wrong('id', 'id must be a short name in small letters, digits and hyphens, like my-trend.');
  }
  if (typeof title !== 'string' || title === '')
    wrong('title', 'title must say what it is called.');
  if (typeof summary !== 'string') wrong('summary', 'summary must be a text.');
  if (source !== undefined && typeof source !== 'string') wrong('source', 'source must be a text.');
  if (!groups.includes(group as string))
    wrong('group', `group must be one of ${groups.join(', ')}.`);
}

function checkFunctions(exported: Readonly<Record<string, unknown>>, wrong: Wrong): void {
  if (exported['onStart'] === undefined) {
    wrong('defineStrategy', 'it has no onStart, which returns what it remembers.');
  }
  for (const name of functions) {
    const value = exported[name];
    if (value === undefined) continue;
    if (typeof value !== 'function') wrong(name, `${name} must be a function.`);
    const tag = Object.prototype.toString.call(value);
    if (tag !== '[object Function]') {
      wrong(name, `${name} must be a plain function: nothing in a run can be waited for.`);
    }
  }
}

function checkInstruments(given: unknown, wrong: Wrong): void {
  if (given === undefined) return;
  const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1;
  const { min, max } = isObject(given) ? given : {};
  if (
    !isCount(min) ||
    (max !== undefined && (!isCount(max) || (max as number) < (min as number)))
  ) {
    wrong('instruments', 'instruments must be { min, max }, whole numbers from 1 on.');
  }
}

const simple = ['number', 'integer', 'choice', 'flag', 'text', 'day', 'numbers', 'names'];

/** What is wrong with an entry of a table of parameters; null where nothing is. */
function parameterMistake(name: string, given: unknown): string | null {
  if (!isObject(given)) return `${name} must be an object with kind and title.`;
  const { kind, title, of, min, max } = given;
  if (typeof kind !== 'string' || !simple.includes(kind)) {
    return `${name} has the kind ${JSON.stringify(kind)}; there are ${simple.join(', ')}.`;
  }
  if (typeof title !== 'string' || title === '') return `${name} has no title.`;
  const isList = Array.isArray(of) && of.length > 0 && of.every((one) => typeof one === 'string');
  if (kind === 'choice' && !isList) return `${name} has no list of texts to choose from: of.`;
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    return `${name} has a min of ${min} above its max of ${max}.`;
  }
  if (given['default'] === undefined) return null;
  const table = { [name]: given } as unknown as ParameterTable;
  const read = readParameters(table, { [name]: given['default'] });
  return read.ok ? null : `${name} has a default that it does not allow: ${read.fault.detail}`;
}
