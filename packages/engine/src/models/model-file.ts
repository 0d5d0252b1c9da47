import type { MarketModel } from '@plimsoll/analytics/backtest';
import type { FeatureDefinition, ModelRecord, ModelTask } from '@plimsoll/analytics/learning';
import type { TrainedModel } from '@plimsoll/analytics/runs';
import { canonicalJson, type Day, type Json, ok, type Result, refuse } from '@plimsoll/kernel';
import { ObjectRefusal, type ObjectStore, type StoredModel } from '@plimsoll/ports';
import { type EngineFault, fault } from '../engine-fault.ts';
import { sha256 } from '../write.ts';
import { modelName } from './model-name.ts';

/** What the file of a model that learnt here holds. */
export interface ModelFile extends Omit<TrainedModel, 'record'> {
  readonly format: 'plimsoll-model-1';
  readonly record: ModelRecord;
  readonly timeframe: string;
}

/** What the registry says of a model that learnt here, without its file: no figures of columns. */
export interface LearntFacts extends Omit<ModelRecord, 'drift'> {
  readonly origin: 'training';
  readonly learntUntil: Day;
  readonly timeframe: string;
  readonly adjust: TrainedModel['adjust'];
}

/** What the registry says of a model that learnt elsewhere. */
export interface BroughtFacts {
  readonly origin: 'file';
  readonly task: ModelTask;
  readonly features: FeatureDefinition;
  readonly featureVersion: string;
  readonly timeframe: string;
  readonly adjust: TrainedModel['adjust'];
  /** Which number of its answer is the prediction; null where it is the last. */
  readonly output: string | null;
  readonly column: number | null;
  /** What its maker says it learnt from; null where nobody said. */
  readonly learnt: MarketModel['learnt'];
}

export type ModelFacts = LearntFacts | BroughtFacts;

export const factsOf = ({ record }: Pick<StoredModel, 'record'>): ModelFacts =>
  // Only the registry writes it, and it writes one of these.
  record as unknown as ModelFacts;

/** From when to when a model knows the world. */
export function learntOf(facts: ModelFacts): MarketModel['learnt'] {
  if (facts.origin === 'file') return facts.learnt;
  const { from } = facts.data;
  return from === null ? null : { from, until: facts.learntUntil };
}

/** Where the files of a model lie in the object store. */
export const modelFolder = (workspaceId: string, name: string, version: number): string =>
  `models/${workspaceId}/${name}/${version}`;

/** The bytes of a file of the model of a training. */
export const modelFileBytes = (file: ModelFile): Uint8Array =>
  new TextEncoder().encode(canonicalJson(JSON.parse(JSON.stringify(file)) as Json));

/** The bytes of a kept model, held against their hash. */
export async function keptModelBytes(
  objects: ObjectStore,
  model: Pick<StoredModel, 'name' | 'version' | 'object' | 'sha256'>,
): Promise<Result<Uint8Array, EngineFault>> {
  const bytes = await objects.get(model.object).catch((error: unknown) => {
    if (error instanceof ObjectRefusal) return error;
    throw error;
  });
  const unavailable = (why: string) =>
    fault('model.unavailable', `The file of ${modelName(model)} cannot be used: ${why}`);
  if (bytes instanceof ObjectRefusal) return unavailable(bytes.message);
  if (bytes === null) return unavailable('it is not there. Train the model again.');
  return sha256(bytes) === model.sha256
    ? ok(bytes)
    : unavailable('it is not the one that was kept. Train the model again.');
}

/** Reads a file that `modelFileBytes` wrote. */
export function readModelFile(bytes: Uint8Array): Result<ModelFile> {
  const file = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ModelFile>;
  return file.format === 'plimsoll-model-1'
    ? // Its hash was compared with that of the bytes that were written.
      ok(file as ModelFile)
    : refuse({ code: 'model.format', detail: 'The model comes from another version of Plimsoll.' });
}
