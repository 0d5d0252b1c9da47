import type { RunOutcome } from '@plimsoll/analytics/runs';
import { type Json, ok, present, type Result, refuse } from '@plimsoll/kernel';
import {
  ObjectRefusal,
  type Run,
  type RunArtifact,
  type RunEnd,
  type RunTries,
  StoreRefusal,
} from '@plimsoll/ports';
import type { EngineContext, RunParts } from '../engine-context.ts';
import { mostAttempts } from '../jobs/back-off.ts';
import type { ItemOutcome, JobHandler } from '../jobs/job-handler.ts';
import { type KeptTraining, keepTraining, trainingReportOf } from '../models/keep-training.ts';
import { loadModel } from '../models/load-model.ts';
import { loadMarket } from './load-market.ts';
import type { LoadedMarket } from './loaded-market.ts';
import { nameOf } from './plan-run.ts';
import { ProgressTeller } from './progress-teller.ts';
import { compareRerun } from './rerun.ts';
import { artifactsOf, listedArtifact, mostArtifactBytes } from './run-artifacts.ts';
import { conclude, noFigures } from './run-conclusion.ts';
import { type RunConfig, readRunConfig, settingsOf } from './run-config.ts';
import type { Headline } from './run-headline.ts';
import { artifactFolder } from './run-objects.ts';
import type { RunSummary } from './run-use-cases.ts';
import { ledgerOf, type RunInputs, taskOf, triedOf, whyEmpty } from './run-work.ts';
import { distinctTries, tryKey } from './tried.ts';

/** What carrying runs out needs. */
export interface CarryContext {
  readonly context: EngineContext;
  readonly runs: RunParts;
  readonly workspaceId: string;
}

/** What came of a run, and what it tried. */
interface Carried {
  readonly end: RunEnd;
  readonly tries: RunTries | null;
  /** What it learnt, where it was a training. */
  readonly learnt: KeptTraining | null;
}

const failure = (error: string, dataFingerprint: string | null = null): Carried => ({
  end: {
    state: 'failed',
    error,
    dataFingerprint,
    resultHash: null,
    tries: null,
    figures: noFigures,
    summary: null,
    artifacts: [],
  },
  tries: null,
  learnt: null,
});

/**
 * Carries out the runs of a workspace. A run is one item: what came of it is kept with the item's mark,
 * so that a killed process leaves it to be begun anew, from the same inputs.
 */
export function runHandler(parts: CarryContext): JobHandler {
  const { store } = parts.context;
  return {
    item: async (job, _key, signal) => {
      const { runId } = job.params as { readonly runId: string };
      const run = await store.write(parts.workspaceId, async ({ runs }) =>
        (await runs.begin(runId)) ? runs.find(runId) : null,
      );
      if (run === null) return nothingLeft;
      const carried = await guarded(parts, run, signal);
      return outcomeOf(run, carried);
    },
  };
}

const nothingLeft: ItemOutcome = {
  state: 'done',
  note: 'It had ended, or was taken away.',
  write: async () => undefined,
};

const outcomeOf = (run: Run, { end, tries, learnt }: Carried): ItemOutcome => ({
  state: end.state === 'finished' ? 'done' : 'failed',
  note: end.error,
  write: async ({ runs, models }) => {
    const kept = await runs.end(run.id, end);
    if (kept && tries !== null) {
      await runs.addTries(ledgerOf(run), present(end.dataFingerprint, 'the data tried'), tries);
    }
    if (kept && learnt !== null) await models.add(learnt.version, learnt.model);
  },
});

/** A bug ends the run it shows in, which says so; what is wrong with the store is left to the runner. */
async function guarded(parts: CarryContext, run: Run, signal: AbortSignal): Promise<Carried> {
  if (run.attempts > mostAttempts) {
    return failure(
      `It was begun ${mostAttempts} times, and each time whoever carried it out was ended before it was done. It may need more memory than there is; retry it to try once more.`,
    );
  }
  try {
    const carried = await carryOut(parts, run, signal);
    signal.throwIfAborted();
    return carried;
  } catch (error) {
    if (signal.aborted || error instanceof StoreRefusal) throw error;
    if (error instanceof ObjectRefusal) return failure(`Its files were not kept: ${error.message}`);
    const why = error instanceof Error ? error.message : String(error);
    return failure(`Something broke on our side: ${why}`);
  }
}

async function carryOut(parts: CarryContext, run: Run, signal: AbortSignal): Promise<Carried> {
  const { context, runs, workspaceId } = parts;
  const keeper = new ProgressTeller(
    (mark) => context.store.write(workspaceId, (unit) => unit.runs.progress(run.id, mark)),
    () => Date.parse(context.clock.now()),
  );
  const found = await inputsOf(parts, run);
  if (!found.ok) return failure(found.fault.detail);
  const inputs = found.value;
  const { fingerprint } = inputs.loaded;
  const empty = whyEmpty(inputs.loaded);
  if (empty !== '') return failure(empty, fingerprint);
  const before = await context.store.read(workspaceId, (unit) =>
    unit.runs.tries(ledgerOf(run), fingerprint),
  );
  const own = tryKey(triedOf(inputs), inputs.terms);
  const others = distinctTries(before, { runId: run.id, key: own });
  const task = taskOf(inputs, {
    sharpe: Float64Array.from(others.values()),
    keys: BigUint64Array.from(others.keys()),
    terms: inputs.terms,
    runs: before.filter(({ runId, keys }) => runId !== run.id && keys.some((key) => key !== own))
      .length,
  });
  const outcome = await runs.compute(task, { signal, onProgress: keeper.tell });
  await keeper.end();
  signal.throwIfAborted();
  if (!outcome.ok) return failure(outcome.fault.detail, fingerprint);
  return finished(parts, inputs, outcome.value, before);
}

/** The strategy as it was when the run was asked for, and the data as they are now. */
async function inputsOf(
  { context, runs, workspaceId }: CarryContext,
  run: Run,
): Promise<Result<RunInputs>> {
  const config = readRunConfig(run.config);
  if (!config.ok) return config;
  const found = await runs.strategies.resolve(run.strategy);
  if (!found.ok) return found;
  const { ref } = found.value;
  const hash = ref.kind === 'own' ? ref.sha256 : null;
  if (hash !== run.strategyHash) {
    return refuse({
      code: 'run.refused',
      detail: `The file of ${nameOf(found.value)} has changed since the run was asked for. Ask for it again.`,
    });
  }
  const market = await loadMarket(context, workspaceId, config.value);
  if (!market.ok) return market;
  const loaded = await withModel({ context, runs, workspaceId }, config.value, market.value);
  if (!loaded.ok) return loaded;
  const { model } = config.value;
  const settings = { ...settingsOf(config.value), ...(model === undefined ? {} : { model }) };
  const terms = { strategyHash: run.strategyHash, settings };
  return ok({ run, config: config.value, entry: found.value, loaded: loaded.value, terms });
}

/** The market with the model that the configuration names, and what must be known of it first. */
async function withModel(
  parts: CarryContext,
  { model: named, timeframe }: RunConfig,
  loaded: LoadedMarket,
): Promise<Result<LoadedMarket>> {
  if (named === undefined) return ok(loaded);
  const { market, tradeFrom } = loaded;
  const found = await loadModel(parts, { named, timeframe, market, tradeFrom });
  if (!found.ok) return found;
  const { model, notes } = found.value;
  return ok({ ...loaded, market: { ...market, model }, notes: [...notes, ...loaded.notes] });
}

async function finished(
  parts: CarryContext,
  inputs: RunInputs,
  outcome: RunOutcome,
  before: readonly RunTries[],
): Promise<Carried> {
  const { run, loaded } = inputs;
  const { headline, summary: said, resultHash, tries, counted } = conclude(inputs, outcome, before);
  const dataFingerprint = loaded.fingerprint;
  const rerun = await rerunOf(parts, { ...run, dataFingerprint, resultHash });
  const training = trainingReportOf(outcome.report);
  const learnt =
    training === null
      ? null
      : await keepTraining(parts, {
          ...{ run, report: training, timeframe: inputs.config.timeframe, tries: counted },
        });
  const summary: RunSummary = { ...said, ...learntSummary(learnt), rerun };
  const kept = await keepArtifacts(parts, run, outcome, { summary, headline, learnt });
  const end: RunEnd = {
    ...{ state: 'finished', error: '', dataFingerprint, resultHash, tries: counted },
    figures: headline?.listed ?? noFigures,
    summary: { ...summary, notes: [...summary.notes, ...kept.notes] } as unknown as Json,
    artifacts: kept.artifacts,
  };
  return { end, tries, learnt };
}

/** What a training says in the place of what a backtest would. */
const learntSummary = (learnt: KeptTraining | null): Partial<RunSummary> =>
  learnt === null ? {} : { figures: learnt.figures, trust: learnt.trust };

async function rerunOf({ context, workspaceId }: CarryContext, now: Run) {
  const { rerunOf: id } = now;
  if (id === null) return null;
  const before = await context.store.read(workspaceId, ({ runs }) => runs.find(id));
  return before === null ? null : compareRerun(before, now);
}

async function keepArtifacts(
  { context, runs, workspaceId }: CarryContext,
  run: Run,
  outcome: RunOutcome,
  {
    summary,
    headline,
    learnt,
  }: {
    readonly summary: RunSummary;
    readonly headline: Headline | null;
    readonly learnt: KeptTraining | null;
  },
) {
  const { objects, files, page } = runs;
  const whole = artifactFolder(workspaceId, run.id);
  // What an earlier try left that was ended before it was kept.
  for (const name of await objects.list(`${whole}/`)) await objects.remove(name);
  const daily = headline?.daily ?? null;
  const own = await artifactsOf(run, outcome, { summary, daily }, { files, page });
  const made = [...own, ...(learnt?.artifacts ?? [])];
  const folder = `${whole}/${context.newId()}`;
  const artifacts: RunArtifact[] = [];
  const notes: string[] = [];
  for (const one of made) {
    if (one.bytes.length > mostArtifactBytes) {
      notes.push(`${one.name} has ${one.bytes.length} bytes, too many to be kept.`);
      continue;
    }
    const listed = listedArtifact(one, folder);
    try {
      await objects.put(listed.object, one.bytes);
    } catch (error) {
      // A disk that is full is not to stay so for files that no run lists.
      for (const { object } of artifacts) await objects.remove(object);
      throw error;
    }
    artifacts.push(listed);
  }
  return { artifacts, notes };
}
