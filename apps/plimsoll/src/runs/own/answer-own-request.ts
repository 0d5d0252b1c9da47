import { createHash } from 'node:crypto';
import type { CarryOutOptions, RunTask } from '@plimsoll/analytics/runs';
import type { Strategy } from '@plimsoll/analytics/strategy';
import { ok, readParameters, refuse } from '@plimsoll/kernel';
import { type Guard, guardedStrategy } from './guarded-strategy.ts';
import { type LoadedFile, loadOwnFile } from './load-own-strategy.ts';
import type { OwnAnswer, OwnDescription, OwnRequest } from './own-protocol.ts';
import { ownFault } from './own-refusal.ts';
import { readStrategy } from './read-strategy.ts';
import { type RealmClock, strategyRealm } from './strategy-realm.ts';

import { thrownFault } from './thrown-fault.ts';

interface Loaded {
  readonly file: LoadedFile;
  readonly strategy: Strategy;
}

type Asked = Pick<OwnRequest, 'folder' | 'file'>;

/** The strategy in a realm where nothing of an earlier run is left. */
async function load({ folder, file }: Asked, guard: Guard, seed: number): Promise<Loaded> {
  const clock: RealmClock = { now: 0 };
  const realm = strategyRealm(seed, clock, (message) => guard.log(message));
  guard.log = () => undefined;
  const loaded = await loadOwnFile(folder, file, realm);
  const strategy = readStrategy(file, loaded);
  return { file: loaded, strategy: guardedStrategy(strategy, clock, guard) };
}

/** Does what is asked; whatever the strategy throws is an answer. */
export async function answerOwnRequest(
  request: OwnRequest,
  onProgress: CarryOutOptions['onProgress'],
): Promise<OwnAnswer> {
  try {
    return await answered(request, onProgress);
  } catch (error) {
    return refuse(thrownFault(error, request));
  }
}

async function answered(
  request: OwnRequest,
  onProgress: CarryOutOptions['onProgress'],
): Promise<OwnAnswer> {
  const { work } = request;
  const guard: Guard = { thrown: undefined, hasThrown: false, log: () => undefined };
  switch (work.kind) {
    case 'describe':
      return ok({ kind: 'described', description: description(await load(request, guard, 1)) });
    case 'check': {
      const { strategy } = await load(request, guard, 1);
      return ok({ kind: 'checked', wrong: checked(strategy, work.params) });
    }
    case 'carry-out':
      return carriedOut(request, work.task, guard, onProgress);
  }
}

async function carriedOut(
  request: OwnRequest,
  task: RunTask,
  guard: Guard,
  onProgress: CarryOutOptions['onProgress'],
): Promise<OwnAnswer> {
  const { seed } = task.settings;
  const first = await load(request, guard, seed);
  const changed = changedSince(task.strategy, first.file);
  if (changed !== null) return refuse(ownFault('strategy.changed', request.file, null, changed));
  // Read only where something is carried out: saying what a strategy is needs little of our code.
  const { carryOut } = await import('@plimsoll/analytics/runs');
  const outcome = await carryOut(task, {
    fresh: async () => (await load(request, guard, seed)).strategy,
    onProgress,
    digest: (content) => createHash('sha256').update(content).digest('hex'),
    // Whoever started the process ends it.
    shouldStop: () => false,
  });
  if (outcome.ok) return ok({ kind: 'carried-out', outcome: outcome.value });
  return refuse(guard.hasThrown ? thrownFault(guard.thrown, request) : outcome.fault);
}

function description({ file: { sha256 }, strategy }: Loaded): OwnDescription {
  const { id, group, title, summary, source, params, instruments, signals } = strategy;
  return {
    id,
    group,
    title,
    summary,
    source: source ?? null,
    params: JSON.parse(JSON.stringify(params)) as OwnDescription['params'],
    instruments: { min: instruments?.min ?? 1, max: instruments?.max ?? null },
    vector: signals !== undefined,
    sha256,
  };
}

function checked(strategy: Strategy, params: unknown): string | null {
  const read = readParameters(strategy.params, params);
  if (!read.ok) return read.fault.detail;
  const wrong = strategy.check?.(read.value) ?? null;
  return wrong === null ? null : String(wrong);
}

const changedSince = (ref: RunTask['strategy'], { sha256 }: LoadedFile): string | null =>
  ref.kind === 'own' && ref.sha256 !== sha256
    ? `it is not what it was when the run was asked for (sha256 ${ref.sha256} then, ${sha256} now). Start a new run.`
    : null;
