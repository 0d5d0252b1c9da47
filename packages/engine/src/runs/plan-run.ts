import { readSweep, readTraining, trainingJson } from '@plimsoll/analytics/runs';
import { walkForwardParameters } from '@plimsoll/analytics/search';
import {
  canonicalJson,
  ok,
  type ParameterFault,
  type Result,
  readParameters,
} from '@plimsoll/kernel';
import type { NewRun } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { modelStrategy, type RunConfig, readRunConfig, runConfigJson } from './run-config.ts';
import type { RunRequest } from './run-use-cases.ts';
import type { StrategyCatalogue, StrategyEntry } from './strategy-catalogue.ts';

/** A run that may be queued. */
export type RunPlan = Omit<NewRun, 'id' | 'jobId' | 'requestedBy' | 'codeVersion'>;

/** The block of a configuration that a kind of run needs. */
const blocks = { 'walk-forward': 'walkForward' } as const;

/** Checks what is asked for against the tables, the strategy and its own check; tells of every mistake. */
export async function planRun(
  strategies: StrategyCatalogue,
  { kind, config: given }: RunRequest,
): Promise<Result<RunPlan, EngineFault>> {
  const read = readRunConfig(given);
  if (!read.ok) return refused(read.fault);
  const config = read.value;
  const found = await strategies.resolve(config.strategy);
  if (!found.ok) return wrong('strategy', found.fault.detail);
  const entry = found.value;
  const params = await paramsOf(strategies, entry, { kind, params: config.params });
  const training = kind === 'training' ? readTraining(config.training) : null;
  const mistakes = [
    ...(params.ok ? [] : below('params', params.fault)),
    ...kindMistakes(kind, config),
    ...(training?.ok === false ? below('training', training.fault) : []),
    ...(params.ok ? searchMistakes(kind, config, { entry, params: params.value }) : []),
    ...universeMistakes(config, entry),
  ];
  if (!params.ok || mistakes.length > 0) return refusedFor(mistakes);
  const learnt = training?.ok ? training.value : null;
  const title = learnt === null ? entry.title : `Model ${learnt.name}`;
  return ok({
    kind,
    title: config.title ?? `${title}: ${universeText(config)}`,
    config: runConfigJson({
      ...config,
      params: params.value,
      training: learnt === null ? config.training : trainingJson(learnt),
    }),
    strategy: nameOf(entry),
    strategyHash: entry.ref.kind === 'own' ? entry.ref.sha256 : null,
    seed: config.seed,
    rerunOf: null,
  });
}

/**
 * The checked parameters. Where some are searched, the others with the defaults of these need not go
 * together: the search leaves out what the strategy refuses.
 */
async function paramsOf(
  strategies: StrategyCatalogue,
  entry: StrategyEntry,
  { kind, params }: Pick<RunRequest, 'kind'> & Pick<RunConfig, 'params'>,
): ReturnType<StrategyCatalogue['readParams']> {
  const read = await strategies.readParams(entry, params);
  const searched = kind === 'sweep' || kind === 'walk-forward';
  if (read.ok || !searched || read.fault.errors.some(({ path }) => path !== '')) return read;
  const alone = readParameters(entry.params, params);
  return alone.ok ? ok(alone.value as RunConfig['params']) : alone;
}

/** How a configuration names a strategy. */
export const nameOf = ({ id, ref }: StrategyEntry): string => (ref.kind === 'own' ? ref.file : id);

type Mistakes = ParameterFault['errors'];

const refused = ({ errors }: ParameterFault): Result<never, EngineFault> => refusedFor(errors);

const wrong = (path: string, message: string): Result<never, EngineFault> =>
  refusedFor([{ path, message }]);

/** Says all of them, and where each stands. */
function refusedFor(errors: Mistakes): Result<never, EngineFault> {
  const told = errors
    .slice(0, 5)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`).replace(/\.$/, ''));
  const more = errors.length > 5 ? `; and ${errors.length - 5} more` : '';
  return fault('run.refused', `${told.join('; ')}${more}.`, { errors });
}

const below = (name: string, { errors }: ParameterFault): Mistakes =>
  errors.map(({ path, message }) => ({ path: path === '' ? name : `${name}.${path}`, message }));

function kindMistakes(kind: RunRequest['kind'], config: RunConfig): Mistakes {
  if (kind === 'training') return [];
  if (config.strategy === modelStrategy && config.model === undefined) {
    const message = `is missing: ${modelStrategy} follows a model of the registry, NAME@VERSION`;
    return [{ path: 'model', message }];
  }
  if (kind === 'backtest' || kind === 'sweep') return [];
  const block = blocks[kind];
  if (config[block] !== null) return [];
  return [{ path: block, message: `is missing: a ${kind} needs to be told what to try` }];
}

const carried = {
  path: 'walkForward.positions',
  message: 'cannot be carried in a run: each part begins and ends flat. Leave it out',
};

/** What is wrong with what a search tries, and with the windows of a walk-forward. */
function searchMistakes(
  kind: RunRequest['kind'],
  { sweep, walkForward }: RunConfig,
  { entry, params }: { readonly entry: StrategyEntry; readonly params: RunConfig['params'] },
): Mistakes {
  const searched = kind === 'sweep' || kind === 'walk-forward';
  if (!searched) return [];
  if (sweep === null) return [{ path: 'sweep', message: 'is missing: it says what is tried' }];
  const search = readSweep(sweep, entry, params);
  const windows =
    kind === 'walk-forward' && walkForward !== null
      ? readParameters(walkForwardParameters, walkForward)
      : null;
  return [
    ...(search.ok ? [] : [{ path: 'sweep', message: search.fault.detail }]),
    ...(windows === null || windows.ok ? [] : below('walkForward', windows.fault)),
    ...(windows?.ok && windows.value.positions === 'carried' ? [carried] : []),
  ];
}

function universeMistakes({ universe }: RunConfig, { instruments }: StrategyEntry): Mistakes {
  if (!('names' in universe)) return [];
  const { min, max } = instruments;
  const count = universe.names.length;
  if (count >= min && (max === null || count <= max)) return [];
  const wanted = max === null ? `at least ${min}` : min === max ? `${min}` : `${min} to ${max}`;
  return [{ path: 'universe', message: `names ${count}; the strategy trades ${wanted}` }];
}

function universeText({ universe }: RunConfig): string {
  if (!('names' in universe)) return `members of ${universe.index}`;
  const { names } = universe;
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return `${names.slice(0, 4).join(', ')}${more}`;
}

/** Lines of a configuration, `commission.bps` → its value as canonical JSON. */
export function configLines(config: unknown): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  const add = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, each] of Object.entries(value)) {
        add(each, path === '' ? name : `${path}.${name}`);
      }
    } else lines.set(path, canonicalJson(value as never));
  };
  add(config, '');
  return lines;
}
