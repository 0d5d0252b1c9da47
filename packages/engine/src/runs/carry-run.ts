import type { RunOutcome, RunTask, Tried } from '@plimsoll/analytics/runs';
import { type Json, ok, present, type Result, refuse } from '@plimsoll/kernel';
import {
  type Run,
  type RunEnd,
  type RunFigures,
  type RunTries,
  StoreRefusal,
} from '@plimsoll/ports';
import type { EngineContext, RunParts } from '../engine-context.ts';
import { mostAttempts } from '../jobs/back-off.ts';
import type { ItemOutcome, JobHandler } from '../jobs/job-handler.ts';
import { loadMarket } from './load-market.ts';
import type { LoadedMarket } from './loaded-market.ts';
import { nameOf } from './plan-run.ts';
import { ProgressTeller } from './progress-teller.ts';
import { compareRerun } from './rerun.ts';
import { resultHash } from './result-hash.ts';
import { artifactsOf, listedArtifact, mostArtifactBytes } from './run-artifacts.ts';
import { type RunConfig, readRunConfig, settingsOf } from './run-config.ts';
import { type Headline, headlineOfRun } from './run-headline.ts';
import { artifactFolder } from './run-objects.ts';
import { reportHeadline, runReportOf } from './run-report.ts';
import { trustOf } from './run-trust.ts';
import type { RunSummary } from './run-use-cases.ts';
import type { StrategyEntry } from './strategy-catalogue.ts';
import { distinctTries, type TryTerms, triesOf, tryKey } from './tried.ts';

/** What carrying runs out needs. */
export interface CarryContext {
  readonly context: EngineContext;
  readonly runs: RunParts;
  readonly workspaceId: string;
}

/** What a run is carried out from. */
interface Inputs {
  readonly run: Run;
  readonly config: RunConfig;
  readonly entry: StrategyEntry;
  readonly loaded: LoadedMarket;
  readonly terms: TryTerms;
}

/** What came of a run, and what it tried. */
interface Carried {
  readonly end: RunEnd;
  readonly tries: RunTries | null;
}

const noFigures: RunFigures = {
  totalReturn: null,
  annualReturn: null,
  volatility: null,
  sharpe: null,
  maxDrawdown: null,
  finalEquity: null,
  trades: null,
};

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

const outcomeOf = (run: Run, { end, tries }: Carried): ItemOutcome => ({
  state: end.state === 'finished' ? 'done' : 'failed',
  note: end.error,
  write: async ({ runs }) => {
    const kept = await runs.end(run.id, end);
    if (kept && tries !== null) {
      await runs.addTries(run.strategy, present(end.dataFingerprint, 'the data tried'), tries);
    }
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
    unit.runs.tries(run.strategy, fingerprint),
  );
  const own = tryKey(inputs.config.params, inputs.terms);
  const others = distinctTries(before, { runId: run.id, key: own });
  const task = taskOf(inputs, { sharpe: Float64Array.from(others.values()) });
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
): Promise<Result<Inputs>> {
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
  const loaded = await loadMarket(context, workspaceId, config.value);
  if (!loaded.ok) return loaded;
  const settings = settingsOf(config.value);
  const terms = { strategyHash: run.strategyHash, settings };
  return ok({ run, config: config.value, entry: found.value, loaded: loaded.value, terms });
}

/** Why there is nothing to trade on; empty where there is. */
function whyEmpty({ market, tradeFrom }: LoadedMarket): string {
  const last = Math.max(...market.instruments.map(({ bars }) => bars.known.at(-1) ?? -Infinity));
  if (last >= tradeFrom) return '';
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  if (!Number.isFinite(last)) return 'There are no bars of the instruments in that time.';
  // Midnight is the end of the day before.
  const lastDay = day(last - 1);
  return `There are no bars from ${day(tradeFrom)} on: the last is of ${lastDay}. Say an earlier day: from.`;
}

function taskOf({ run, config, entry, loaded }: Inputs, triedBefore: Tried): RunTask {
  const { market, benchmark, tradeFrom } = loaded;
  const settings = settingsOf(config);
  const { params, sweep, walkForward, training, unseenFrom } = config;
  const asked = {
    title: run.title,
    ...(unseenFrom === undefined ? {} : { unseenFrom }),
    strategy: entry.ref,
    ...{ params, settings, market, tradeFrom, benchmark, triedBefore },
  };
  switch (run.kind) {
    case 'backtest':
      return { ...asked, kind: run.kind };
    case 'sweep':
      return { ...asked, kind: run.kind, search: sweep };
    case 'walk-forward':
      return { ...asked, kind: run.kind, search: sweep, windows: walkForward };
    case 'training':
      return { ...asked, kind: run.kind, training };
  }
}

async function finished(
  parts: CarryContext,
  { run, config, loaded, terms }: Inputs,
  outcome: RunOutcome,
  before: readonly RunTries[],
): Promise<Carried> {
  const { fingerprint, market } = loaded;
  const headline = headlineOfRun(outcome);
  const report = runReportOf(outcome);
  const sharpe = headline?.dailySharpe ?? null;
  const tries = triesOf(run.id, config.params, outcome, { terms, sharpe });
  const others = before.filter(({ runId }) => runId !== run.id);
  const counted = distinctTries([...others, tries]).size;
  const hash = resultHash(outcome);
  const inputs = { ...run, dataFingerprint: fingerprint, resultHash: hash };
  const summary: RunSummary = {
    headline: reportHeadline(outcome) ?? headline?.sentence ?? `${run.title} has finished.`,
    base: market.base,
    figures: headline?.figures ?? [],
    trust: trustOf(report, counted),
    notes: [
      ...new Set([
        ...loaded.notes,
        ...market.notes,
        ...(outcome.result?.notes ?? []),
        ...(report?.notes ?? []),
      ]),
    ],
    rerun: await rerunOf(parts, inputs),
  };
  const kept = await keepArtifacts(parts, run, outcome, { summary, headline });
  const end: RunEnd = {
    state: 'finished',
    error: '',
    dataFingerprint: fingerprint,
    resultHash: hash,
    tries: counted,
    figures: headline?.listed ?? noFigures,
    summary: { ...summary, notes: [...summary.notes, ...kept.notes] } as unknown as Json,
    artifacts: kept.artifacts,
  };
  return { end, tries };
}

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
  { summary, headline }: { readonly summary: RunSummary; readonly headline: Headline | null },
) {
  const { objects, files, page } = runs;
  const whole = artifactFolder(workspaceId, run.id);
  // What an earlier try left that was ended before it was kept.
  for (const name of await objects.list(`${whole}/`)) await objects.remove(name);
  const made = [
    ...(await artifactsOf(run, outcome, { summary, daily: headline?.daily ?? null }, files)),
    ...(page === undefined ? [] : await page(run, outcome)),
  ];
  const folder = `${whole}/${context.newId()}`;
  const artifacts = [];
  const notes: string[] = [];
  for (const one of made) {
    if (one.bytes.length > mostArtifactBytes) {
      notes.push(`${one.name} has ${one.bytes.length} bytes, too many to be kept.`);
      continue;
    }
    const listed = listedArtifact(one, folder);
    await objects.put(listed.object, one.bytes);
    artifacts.push(listed);
  }
  return { artifacts, notes };
}
