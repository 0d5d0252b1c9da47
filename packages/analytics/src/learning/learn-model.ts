import { canonicalJson, type Day, dayFromNumber, ok, type Result } from '@plimsoll/kernel';
import { assembleRows, type LabelledRows } from './assemble-rows.ts';
import type { Model } from './define-model.ts';
import { driftReference } from './drift-reference.ts';
import { barsFingerprint } from './feature-cache.ts';
import { type Digest, type FeatureDefinition, featureVersion } from './feature-definition.ts';
import { computeFeatures, type FeatureMatrix } from './feature-matrix.ts';
import { type LabelDefinition, type LearningBars, labelBars, labelTask } from './labels.ts';
import type { ModelRecord, ModelVersion } from './model-record.ts';
import { sampleWeights } from './sample-weights.ts';
import type { Validation } from './time-splits.ts';
import { type Training, trainModel } from './train-model.ts';

/** A model to be learnt from bars: everything that its record then says. */
export interface LearningRequest extends ModelVersion {
  readonly title: string;
  readonly model: Model;
  readonly params: Readonly<Record<string, unknown>>;
  readonly features: FeatureDefinition;
  readonly label: LabelDefinition;
  readonly weighting: ModelRecord['weighting'];
  readonly bars: readonly LearningBars[];
  /** For each instrument the side of a primary signal: labels are then meta-labels. */
  readonly sides?: readonly Float64Array[];
  readonly validation: Validation;
  readonly placebo: boolean;
  readonly tries: number;
  readonly seed: number;
  readonly codeVersion: string;
  readonly parent: ModelVersion | null;
  readonly createdAt: number;
}

/** What learning may need that pure code does not have. */
export interface LearningTools {
  readonly digest: Digest;
  /** Features from a cache, where there is one (`featureCache`). */
  readonly featuresOf?: (
    version: string,
    fingerprint: string,
    compute: () => Result<FeatureMatrix>,
  ) => Result<FeatureMatrix>;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, of: number) => void;
}

/** A model that has learnt, and its record. */
export interface LearntModel {
  readonly record: ModelRecord;
  readonly training: Training;
  readonly rows: LabelledRows;
}

const dayMs = 86_400_000;

/**
 * From bars to a model: features, labels, weights, validation, the model itself and its record.
 *
 * The same request gives the same bits. Refused for the first reason on the way.
 */
export function learnModel(request: LearningRequest, tools: LearningTools): Result<LearntModel> {
  const version = featureVersion(request.features, tools.digest);
  const fingerprint = barsFingerprint(request.bars, tools.digest);
  const rows = rowsToLearn(request, version, fingerprint, tools);
  if (!rows.ok) return rows;
  const task = labelTask(request.label);
  const { model, params, validation, seed, placebo } = request;
  const { shouldStop, onProgress } = tools;
  const trained = trainModel({
    model,
    params,
    task,
    rows: rows.value,
    validation,
    seed,
    placebo,
    ...(shouldStop ? { shouldStop } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  if (!trained.ok) return trained;
  const { fitted, predictions, rowsMissing, ...judged } = trained.value;
  const { times, names, x } = rows.value;
  const record: ModelRecord = {
    id: request.id,
    version: request.version,
    title: request.title,
    model: model.id,
    params,
    task,
    features: request.features,
    featureVersion: version,
    label: request.label,
    weighting: request.weighting,
    data: {
      fingerprint,
      instruments: rows.value.instruments,
      from: dayAt(times[0]),
      to: dayAt(times.at(-1)),
      rows: times.length - rowsMissing,
      rowsMissing,
    },
    validation,
    ...judged,
    tries: request.tries,
    seed,
    codeVersion: request.codeVersion,
    fittedDigest: tools.digest(canonicalJson(fitted.learnt)),
    parent: request.parent,
    createdAt: request.createdAt,
    drift: driftReference(names, x, predictions),
  };
  return ok({ record, training: trained.value, rows: rows.value });
}

function rowsToLearn(
  { bars, features, label, weighting, sides }: LearningRequest,
  version: string,
  fingerprint: string,
  { featuresOf }: LearningTools,
): Result<LabelledRows> {
  const compute = (): Result<FeatureMatrix> => computeFeatures(features, bars);
  const computed = featuresOf ? featuresOf(version, fingerprint, compute) : compute();
  if (!computed.ok) return computed;
  const labels = [];
  for (const [i, each] of bars.entries()) {
    const found = labelBars(each, label, sides?.[i]);
    if (!found.ok) return found;
    const weights = sampleWeights(found.value, each.close, weighting);
    labels.push({ labels: found.value, weights });
  }
  return assembleRows(computed.value, bars, labels);
}

const dayAt = (time: number | undefined): Day | null =>
  time === undefined ? null : dayFromNumber(Math.floor(time / dayMs));
