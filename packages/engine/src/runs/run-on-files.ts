import type { RunProgress } from '@plimsoll/analytics/runs';
import { ok, type Result, refuse } from '@plimsoll/kernel';
import type { Clock, PriceFileReader, Run } from '@plimsoll/ports';
import type { RunParts } from '../engine-context.ts';
import type { EngineFault } from '../engine-fault.ts';
import type { UploadedFile } from '../use-case.ts';
import type { ArtifactMakers, NewArtifact } from './artifact-makers.ts';
import { loadMarketFiles } from './load-files.ts';
import { planRun } from './plan-run.ts';
import { artifactsOf, listedArtifact } from './run-artifacts.ts';
import { conclude, noFigures } from './run-conclusion.ts';
import { readRunConfig, settingsOf } from './run-config.ts';
import type { RunDetailView, RunRequest } from './run-use-cases.ts';
import { runDetail } from './run-view.ts';
import { taskOf, whyEmpty } from './run-work.ts';

/** What a run on files needs; no record is among it. */
export interface FileRunParts extends ArtifactMakers, Pick<RunParts, 'compute' | 'strategies'> {
  readonly codeVersion: string;
  readonly readers: readonly PriceFileReader[];
  readonly clock: Clock;
}

/** A run that nobody keeps, with its files. */
export interface FileRun {
  readonly run: RunDetailView;
  readonly artifacts: readonly NewArtifact[];
}

/** Carries a run out on files of prices, without any record: nothing of it is kept, and no try counted. */
export async function runOnFiles(
  parts: FileRunParts,
  request: RunRequest,
  files: readonly UploadedFile[],
  watching: {
    readonly signal: AbortSignal;
    readonly onProgress: (progress: RunProgress) => void;
  },
): Promise<Result<FileRun, EngineFault>> {
  const kept = whyKept(request);
  if (kept !== '') return refused(kept);
  const plan = await planRun(parts.strategies, request);
  if (!plan.ok) return plan;
  const config = readRunConfig(plan.value.config);
  if (!config.ok) return refused(config.fault.detail);
  const found = await parts.strategies.resolve(plan.value.strategy);
  if (!found.ok) return refused(found.fault.detail);
  const loaded = loadMarketFiles(files, parts.readers, config.value);
  if (!loaded.ok) return refused(loaded.fault.detail);
  const empty = whyEmpty(loaded.value);
  if (empty !== '') return refused(empty);
  const run = startedRun(parts, plan.value);
  const terms = { strategyHash: run.strategyHash, settings: settingsOf(config.value) };
  const inputs = {
    ...{ run, config: config.value, entry: found.value, loaded: loaded.value, terms },
  };
  const outcome = await parts.compute(taskOf(inputs, { sharpe: new Float64Array(0) }), watching);
  if (!outcome.ok) return refused(outcome.fault.detail);
  const { headline, summary, resultHash, counted } = conclude(inputs, outcome.value, []);
  const ended: Run = {
    ...run,
    ...{ state: 'finished', endedAt: parts.clock.now(), resultHash, tries: counted },
    dataFingerprint: loaded.value.fingerprint,
    figures: headline?.listed ?? noFigures,
    summary: JSON.parse(JSON.stringify(summary)),
  };
  const daily = headline?.daily ?? null;
  const artifacts = await artifactsOf(ended, outcome.value, { summary, daily }, parts);
  const listed = artifacts.map((one) => listedArtifact(one, ''));
  const nowMs = Date.parse(parts.clock.now());
  return ok({ run: runDetail(ended, listed, nowMs), artifacts });
}

/** Why it cannot be carried out without a record; empty where it can. */
function whyKept({ kind, config }: RunRequest): string {
  const named = typeof config === 'object' && config !== null && 'model' in config;
  if (kind === 'training' || named) {
    return 'Models are kept in the record: import the prices (plimsoll prices import), and leave out --prices.';
  }
  return '';
}

const refused = (detail: string): Result<never, EngineFault> =>
  refuse({ code: 'run.refused', detail });

/** A run as it stands in no store. */
function startedRun(
  { clock, codeVersion }: FileRunParts,
  plan: Pick<Run, 'kind' | 'title' | 'config' | 'strategy' | 'strategyHash' | 'seed'>,
): Run {
  const now = clock.now();
  return {
    ...plan,
    ...{ id: '', jobId: '', requestedBy: 'owner', rerunOf: null, codeVersion },
    ...{ state: 'running', createdAt: now, startedAt: now, endedAt: null, attempts: 1 },
    ...{ progress: null, error: '', dataFingerprint: null, resultHash: null, tries: null },
    figures: noFigures,
    summary: null,
  };
}
