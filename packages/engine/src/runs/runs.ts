import { ok, type Result } from '@plimsoll/kernel';
import { ObjectRefusal } from '@plimsoll/ports';
import type { EngineContext } from '../engine-context.ts';
import { type EngineFault, fault } from '../engine-fault.ts';
import { sha256 } from '../write.ts';
import { runHandler } from './carry-run.ts';
import { asking, ending } from './change-runs.ts';
import { type ComparedRun, compareRuns, keptEquity } from './compare-runs.ts';
import { RunQueue } from './run-queue.ts';
import type { ArtifactView, RunUseCases } from './run-use-cases.ts';
import { runDetail, runView } from './run-view.ts';
import { type RunPartsOf, unavailable, unknownRun } from './runs-at-hand.ts';
import { strategyView } from './strategy-view.ts';

/** Runs that are compared at once. */
const mostCompared = 8;

/** Backtests, sweeps, walk-forwards and trainings; `endRuns` puts back what is in hand. */
export function runUseCases(
  parts: RunPartsOf,
): RunUseCases & { readonly endRuns: () => Promise<void> } {
  const { context } = parts;
  const queue = queueOf(context);
  return {
    ...strategyUseCases(parts),
    ...readings(parts),
    ...asking(parts, queue),
    ...ending(parts, queue),
    resumeRuns: async () => queue?.resume(),
    endRuns: async () => queue?.end(),
  };
}

/** What carries runs out; null where nothing here does. */
function queueOf(context: EngineContext): RunQueue | null {
  const { store, clock, newId, world, runs } = context;
  if (runs === undefined || world === undefined) return null;
  return new RunQueue({
    store,
    clock,
    newId,
    world,
    handler: (workspaceId) => runHandler({ context, runs, workspaceId }),
  });
}

function strategyUseCases({
  context,
  read,
}: RunPartsOf): Pick<RunUseCases, 'strategies' | 'strategy'> {
  return {
    strategies: async (workspace) => {
      const known = await read(workspace, async () => ok(null));
      if (!known.ok) return known;
      if (context.runs === undefined) return unavailable;
      const { strategies, broken } = await context.runs.strategies.list();
      return ok({ strategies: strategies.map(strategyView), broken });
    },
    strategy: async (workspace, named) => {
      const known = await read(workspace, async () => ok(null));
      if (!known.ok) return known;
      if (context.runs === undefined) return unavailable;
      const found = await context.runs.strategies.resolve(named);
      return found.ok
        ? ok(strategyView(found.value))
        : fault('strategy.unknown', found.fault.detail);
    },
  };
}

function readings({
  context,
  read,
}: RunPartsOf): Pick<RunUseCases, 'runs' | 'run' | 'runArtifact' | 'compareRuns'> {
  const nowMs = () => Date.parse(context.clock.now());
  return {
    runs: (workspace, { kind, state, strategy, text, cursor, limit }) =>
      read(workspace, async ({ runs }) => {
        const filter = {
          ...(kind === undefined ? {} : { kinds: [kind] }),
          ...(state === undefined ? {} : { states: [state] }),
          ...(strategy === undefined ? {} : { strategy }),
          ...(text === undefined ? {} : { text }),
        };
        const { items, next } = await runs.page(filter, cursor ?? null, limit);
        return ok({ items: items.map((run) => runView(run, nowMs())), next });
      }),
    run: (workspace, id) =>
      read(workspace, async ({ runs }) => {
        const run = await runs.find(id);
        if (run === null) return unknownRun(id);
        return ok(runDetail(run, await runs.artifacts(id), nowMs()));
      }),
    runArtifact: async (workspace, id, name) => {
      const listed = await read(workspace, async ({ runs }) => {
        if ((await runs.find(id)) === null) return unknownRun(id);
        const all = await runs.artifacts(id);
        const found = all.find((one) => one.name === name);
        const known = all.map((one) => one.name).join(', ') || 'none';
        return found === undefined
          ? fault('run.artifact-unknown', `The run has no file "${name}"; it has ${known}.`)
          : ok(found);
      });
      if (!listed.ok) return listed;
      const { object, sha256: kept, mediaType } = listed.value;
      const bytes = await keptBytes(context, object, kept);
      return bytes.ok ? ok({ name, mediaType, bytes: bytes.value } satisfies ArtifactView) : bytes;
    },
    compareRuns: async (workspace, ids) => {
      if (ids.length < 2 || ids.length > mostCompared || new Set(ids).size < ids.length) {
        return fault('request.invalid', `Name 2 to ${mostCompared} different runs to compare.`);
      }
      const compared: ComparedRun[] = [];
      for (const id of ids) {
        const one = await comparedRun({ context, read }, workspace, id);
        if (!one.ok) return one;
        compared.push(one.value);
      }
      return ok(compareRuns(compared));
    },
  };
}

async function comparedRun(
  { context, read }: Pick<RunPartsOf, 'context' | 'read'>,
  workspace: string,
  id: string,
): Promise<Result<ComparedRun, EngineFault>> {
  const found = await read(workspace, async ({ runs }) => {
    const run = await runs.find(id);
    if (run === null) return unknownRun(id);
    if (run.state !== 'finished') {
      return fault(
        'run.unfit-state',
        `The run "${id}" is ${run.state}; only finished ones compare.`,
      );
    }
    const artifact = (await runs.artifacts(id)).find(({ name }) => name === 'result.json');
    return ok({ run, artifact });
  });
  if (!found.ok) return found;
  const { run, artifact } = found.value;
  if (artifact === undefined) return ok({ run, equity: null });
  const bytes = await keptBytes(context, artifact.object, artifact.sha256);
  return bytes.ok ? ok({ run, equity: keptEquity(bytes.value) }) : bytes;
}

/** The bytes of a kept file, held against its hash. */
async function keptBytes(
  { runs }: EngineContext,
  object: string,
  hash: string,
): Promise<Result<Uint8Array, EngineFault>> {
  if (runs === undefined) return unavailable;
  const bytes = await runs.objects.get(object).catch((error: unknown) => {
    if (error instanceof ObjectRefusal) return error;
    throw error;
  });
  if (bytes instanceof ObjectRefusal) return fault('run.artifact-unavailable', bytes.message);
  const why = bytes === null ? 'is not there' : 'is not the one that was kept';
  return bytes === null || sha256(bytes) !== hash
    ? fault(
        'run.artifact-unavailable',
        `The file ${object} ${why}. Run it again: plimsoll runs rerun.`,
      )
    : ok(bytes);
}
