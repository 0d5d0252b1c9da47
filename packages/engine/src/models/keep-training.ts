import { type ModelRecord, modelCard } from '@plimsoll/analytics/learning';
import { recordOf, type TrainedModel, type TrainingReport } from '@plimsoll/analytics/runs';
import type { Json } from '@plimsoll/kernel';
import type { NewStoredModel, Run } from '@plimsoll/ports';
import type { EngineContext, RunParts } from '../engine-context.ts';
import type { NewArtifact } from '../runs/artifact-makers.ts';
import type { RunFigure } from '../runs/run-use-cases.ts';
import { sha256 } from '../write.ts';
import { learntFigures, learntTrust } from './model-figures.ts';
import { type LearntFacts, type ModelFile, modelFileBytes, modelFolder } from './model-file.ts';

/** What a training gives the registry and its run. */
export interface KeptTraining {
  readonly version: number;
  readonly model: NewStoredModel;
  readonly artifacts: readonly NewArtifact[];
  readonly figures: readonly RunFigure[];
  readonly trust: readonly string[];
}

export interface KeepContext {
  readonly context: Pick<EngineContext, 'store' | 'clock' | 'newId'>;
  readonly runs: Pick<RunParts, 'objects' | 'card'>;
  readonly workspaceId: string;
}

interface Learnt {
  readonly run: Run;
  readonly report: TrainingReport;
  readonly timeframe: string;
  /** Parameter sets that were tried under its name on these data, this one among them. */
  readonly tries: number;
}

/** The report of a training; null of another run. */
export function trainingReportOf(report: unknown): TrainingReport | null {
  const isOne =
    typeof report === 'object' && report !== null && 'kind' in report && report.kind === 'training';
  // Whoever carries a training out gives this.
  return isOne ? (report as TrainingReport) : null;
}

/**
 * Gives a model that has learnt its number and keeps its file. The model itself is added with the end
 * of its run: one that never ended leaves a number unused, and a file that the next try takes away.
 */
export async function keepTraining(
  { context, runs, workspaceId }: KeepContext,
  { run, report, timeframe, tries }: Learnt,
): Promise<KeptTraining> {
  const { store, clock, newId } = context;
  const { model: trained } = report;
  const { id: name } = trained.record;
  const { version, parent } = await store.write(workspaceId, async ({ models }) => {
    const given = await models.reserve(name, run.id);
    const earlier = (await models.all({ name })).find((one) => one.version < given);
    return { version: given, parent: earlier ? { id: name, version: earlier.version } : null };
  });
  const record = recordOf(trained.record, {
    ...{ version, tries, parent },
    codeVersion: run.codeVersion,
    createdAt: Date.parse(clock.now()),
  });
  const bytes = modelFileBytes({ ...trained, format: 'plimsoll-model-1', record, timeframe });
  const folder = modelFolder(workspaceId, name, version);
  for (const left of await runs.objects.list(`${folder}/`)) await runs.objects.remove(left);
  const object = `${folder}/${newId()}/model.json`;
  await runs.objects.put(object, bytes);
  return {
    version,
    model: {
      ...{ name, object, sha256: sha256(bytes), size: bytes.length },
      title: record.title,
      kind: record.model,
      runId: run.id,
      createdBy: run.requestedBy,
      record: plain(factsFor(record, trained, timeframe)),
      config: run.config,
    },
    artifacts: await artifactsOf(runs, record, bytes),
    figures: learntFigures(record),
    trust: learntTrust(record),
  };
}

const plain = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

function factsFor(
  { drift: _, ...record }: ModelRecord,
  { learntUntil, adjust }: TrainedModel,
  timeframe: ModelFile['timeframe'],
): LearntFacts {
  return { ...record, origin: 'training', learntUntil, adjust, timeframe };
}

async function artifactsOf(
  { card }: KeepContext['runs'],
  record: ModelRecord,
  bytes: Uint8Array,
): Promise<NewArtifact[]> {
  const json = (name: string, value: unknown): NewArtifact => ({
    name,
    mediaType: 'application/json',
    bytes: new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
  });
  const page = modelCard(record);
  const made = [
    { name: 'model.json', mediaType: 'application/json', bytes },
    json('features.json', { version: record.featureVersion, ...record.features }),
    json('card.json', page),
  ];
  if (card === undefined) return made;
  return [...made, { name: 'card.html', mediaType: 'text/html', bytes: await card(page) }];
}
