import { backtestSettings } from '@plimsoll/analytics/backtest';
import { optionChainParameters } from '@plimsoll/analytics/option-chain';
import { timeframes } from '@plimsoll/domain';
import {
  canonicalJson,
  type Json,
  ok,
  type ParameterFault,
  parameterTable,
  type Result,
  readParameters,
  refuse,
  type ValuesOf,
} from '@plimsoll/kernel';

/**
 * What a configuration file says beside its strategy's own parameters, its universe and its searches;
 * files, forms, command-line options and requests are checked against it.
 */
export const runConfig = parameterTable({
  title: { kind: 'text', title: 'What the run is called', optional: true },
  strategy: {
    kind: 'text',
    title: 'Strategy',
    help: 'The id of one that comes with Plimsoll, or ./FILE.ts of the folder of own strategies.',
  },
  model: {
    kind: 'text',
    title: 'Model of the registry that the strategy follows',
    help: 'NAME@VERSION, or NAME for the newest that is not retired.',
    optional: true,
  },
  benchmark: {
    kind: 'text',
    title: 'What it is held against',
    help: 'An instrument; none where it is left out.',
    optional: true,
  },
  timeframe: { kind: 'choice', title: 'Length of a bar', of: timeframes, default: '1d' },
  timeframes: {
    kind: 'names',
    title: 'Longer bars that indicators may use beside',
    default: [],
  },
  from: {
    kind: 'day',
    title: 'First day on which it may trade',
    help: 'Earlier bars warm the indicators up. From the first bar on where it is left out.',
    optional: true,
  },
  to: {
    kind: 'day',
    title: 'Last day',
    help: 'To the last bar where it is left out.',
    optional: true,
  },
  base: {
    kind: 'text',
    title: 'Currency of the account',
    help: 'That of the instruments where they share one and it is left out.',
    optional: true,
  },
  unseenFrom: {
    kind: 'day',
    title: 'Nobody looked at data from this day on before',
    help: 'Figures from there on are shown apart.',
    optional: true,
  },
  optionChain: {
    kind: 'object',
    title: 'Options made up for each instrument, where none were recorded',
    help: 'Priced by a formula: no market made these prices.',
    fields: optionChainParameters,
    optional: true,
  },
  ...backtestSettings,
});

/** Which instruments: by symbol, ISIN, name or id, or the members of an index as they were each day. */
export type RunUniverse = { readonly names: readonly string[] } | { readonly index: string };

/** A configuration, checked as far as it can be without its strategy and the record. */
export interface RunConfig extends ValuesOf<typeof runConfig> {
  /** Checked against the strategy’s own table by whoever knows it. */
  readonly params: Readonly<Record<string, Json>>;
  readonly universe: RunUniverse;
  /** What is searched and how; null where the file does not say. */
  readonly sweep: Readonly<Record<string, Json>> | null;
  readonly walkForward: Readonly<Record<string, Json>> | null;
  readonly training: Readonly<Record<string, Json>> | null;
}

/** The strategy that comes with the product and follows a model. */
export const modelStrategy = 'model-signal';

/** Names at the top of a configuration that have no entry in the table, for they hold what is free. */
export const freeMembers = ['params', 'universe', 'sweep', 'walkForward', 'training'] as const;

/** The most instruments that are named one by one. */
const mostNames = 5_000;
/** The most characters of a configuration as canonical JSON. */
const mostCharacters = 256 * 1024;

type Mistakes = { readonly path: string; readonly message: string }[];

/**
 * Checks a configuration that came from outside and fills in the defaults.
 *
 * @returns refused with every mistake and the path to it, `commission.bps`, so that a reader of files
 *   can name its line.
 */
export function readRunConfig(given: unknown): Result<RunConfig, ParameterFault> {
  if (!isObject(given)) {
    return refusal([{ path: '', message: 'must be an object with strategy, universe and more' }]);
  }
  const mistakes: Mistakes = [];
  const said = { ...modelStrategyOf(given), ...given };
  const rest = Object.fromEntries(
    Object.entries(said).filter(([name]) => !(freeMembers as readonly string[]).includes(name)),
  );
  const read = readParameters(runConfig, rest);
  if (!read.ok) mistakes.push(...read.fault.errors.map(withFree));
  const universe = readUniverse(given['universe'], mistakes);
  const params = readRecord(given['params'], 'params', mistakes) ?? {};
  const sweep = readRecord(given['sweep'], 'sweep', mistakes);
  const walkForward = readRecord(given['walkForward'], 'walkForward', mistakes);
  const training = readRecord(given['training'], 'training', mistakes);
  if (read.ok) checkTogether(read.value, mistakes);
  if (mistakes.length > 0 || !read.ok || universe === null) return refusal(mistakes);
  return ok({ ...read.value, params, universe, sweep, walkForward, training });
}

/** A training needs no strategy of its own: its model is followed by this one. */
const modelStrategyOf = ({ strategy, training }: Readonly<Record<string, unknown>>) =>
  strategy === undefined && isObject(training) ? { strategy: modelStrategy } : {};

/** What of a configuration says how the backtest trades. */
export function settingsOf(config: RunConfig): ValuesOf<typeof backtestSettings> {
  const names = Object.keys(backtestSettings) as (keyof typeof backtestSettings)[];
  return Object.fromEntries(names.map((name) => [name, config[name]])) as ValuesOf<
    typeof backtestSettings
  >;
}

/** A checked configuration as a file would say it, which reads back to the same. */
export function runConfigJson({ universe, ...config }: RunConfig): {
  readonly [name: string]: Json;
} {
  const said = 'names' in universe ? universe.names : { index: universe.index };
  return plain({ ...config, universe: said }) as { readonly [name: string]: Json };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refusal = (errors: Mistakes): Result<never, ParameterFault> => {
  const told = errors.slice(0, 5).map(({ path, message }) => `${path || 'input'}: ${message}`);
  const more = errors.length > 5 ? '; and more' : '';
  return refuse({
    code: 'parameters.invalid',
    detail: `${told.join('; ')}${more}.`,
    errors: errors.slice(0, 20),
  });
};

/** Whoever misspelt a name is told of all that there are. */
const withFree = ({ path, message }: Mistakes[number]): Mistakes[number] => ({
  path,
  message:
    message.startsWith('is not asked for; known are ') && !path.includes('.')
      ? `${message}, ${freeMembers.join(', ')}`
      : message,
});

function readUniverse(given: unknown, mistakes: Mistakes): RunUniverse | null {
  const wrong = (path: string, message: string): null => {
    mistakes.push({ path, message });
    return null;
  };
  if (given === undefined || given === null) {
    return wrong('universe', 'is missing (a list of instruments, or { index: NAME })');
  }
  if (isObject(given)) {
    const { index, ...others } = given;
    const [other] = Object.keys(others);
    if (other !== undefined) return wrong(`universe.${other}`, 'is not asked for; known is index');
    return typeof index === 'string' && index !== ''
      ? { index }
      : wrong('universe.index', 'must be the name of an index, like ^GSPC');
  }
  if (!Array.isArray(given)) {
    return wrong('universe', 'must be a list of instruments, or { index: NAME }');
  }
  const at = given.findIndex((name) => typeof name !== 'string' || name.trim() === '');
  if (at !== -1) return wrong(`universe.${at}`, 'must be a symbol, ISIN, name or id');
  if (given.length === 0) return wrong('universe', 'must name at least one instrument');
  if (given.length > mostNames) {
    return wrong('universe', `names ${given.length} instruments, more than ${mostNames}`);
  }
  const names = given as readonly string[];
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice !== -1) return wrong(`universe.${twice}`, `names ${names[twice]} twice`);
  return { names: [...names] };
}

function readRecord(
  given: unknown,
  path: string,
  mistakes: Mistakes,
): Readonly<Record<string, Json>> | null {
  if (given === undefined || given === null) return null;
  if (!isObject(given)) {
    mistakes.push({ path, message: 'must be an object of values by name' });
    return null;
  }
  const odd = oddValue(given, path);
  if (odd !== null) mistakes.push(odd);
  return odd === null ? (plain(given) as Readonly<Record<string, Json>>) : null;
}

/** The first value that JSON cannot hold. */
function oddValue(value: unknown, path: string): Mistakes[number] | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return null;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : { path, message: 'must be a finite number' };
  }
  if (typeof value !== 'object') return { path, message: 'must be plain data' };
  for (const [name, each] of Object.entries(value)) {
    const odd = oddValue(each, `${path}.${name}`);
    if (odd !== null) return odd;
  }
  return null;
}

function checkTogether(config: ValuesOf<typeof runConfig>, mistakes: Mistakes): void {
  const { from, to, unseenFrom, timeframe } = config;
  const wrong = (path: string, message: string): void => void mistakes.push({ path, message });
  if (from !== undefined && to !== undefined && from > to) {
    wrong('to', `${to} is before ${from}, the first day`);
  }
  if (unseenFrom !== undefined && to !== undefined && unseenFrom > to) {
    wrong('unseenFrom', `${unseenFrom} is after ${to}, the last day`);
  }
  if (config.base !== undefined && !/^[A-Z]{3}$/.test(config.base)) {
    wrong('base', 'must be a currency like EUR');
  }
  const place = (timeframes as readonly string[]).indexOf(timeframe);
  for (const [i, name] of config.timeframes.entries()) {
    const other = (timeframes as readonly string[]).indexOf(name);
    if (other === -1) wrong(`timeframes.${i}`, `must be one of ${timeframes.join(', ')}`);
    else if (other <= place) wrong(`timeframes.${i}`, `${name} is not longer than ${timeframe}`);
  }
  if (canonicalJson(plain(config) as Json).length > mostCharacters) {
    wrong('', `is longer than ${mostCharacters} characters`);
  }
}

/** A copy without members that are undefined. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
}
