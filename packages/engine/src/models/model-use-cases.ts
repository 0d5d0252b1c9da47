import type { InputDrift, ModelTask, PerformanceDrift } from '@plimsoll/analytics/learning';
import type { Day } from '@plimsoll/kernel';
import type { ModelStage, ModelStageChange } from '@plimsoll/ports';
import type { ArtifactView } from '../runs/run-use-cases.ts';
import type { Answer, UploadedFile, WriteOptions, Written } from '../use-case.ts';

/** A score of a model out of fold, beside its baselines. */
export interface ModelScore {
  readonly id: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  readonly value: number | null;
  /** Of the mean of the training rows, and of the last label that was known. */
  readonly mean: number | null;
  readonly last: number | null;
}

/** A model as lists show it. */
export interface ModelView {
  /** `trend@2` */
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly kind: string;
  readonly task: ModelTask;
  readonly stage: ModelStage;
  readonly createdAt: string;
  readonly createdBy: string;
  /** The run that learnt it, which may have been taken away; null where it was brought in. */
  readonly runId: string | null;
  readonly timeframe: string;
  /** The days from which it learnt; later ones it has not seen. Null where nobody knows. */
  readonly learnt: { readonly from: Day; readonly until: Day } | null;
  readonly rows: number | null;
  readonly instruments: readonly string[];
  /** Empty where it was brought in. */
  readonly scores: readonly ModelScore[];
  readonly warnings: readonly string[];
  readonly tries: number | null;
  /** `trend@1`, the version before. */
  readonly parent: string | null;
}

/** A model with where it comes from, and who trusted it. */
export interface ModelDetailView extends ModelView {
  /** Each with its name and what it is. */
  readonly features: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly featureVersion: string;
  readonly label: Readonly<Record<string, unknown>> | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly dataFingerprint: string | null;
  readonly codeVersion: string | null;
  readonly seed: number | null;
  /** SHA-256 of its file, and its size. */
  readonly sha256: string;
  readonly size: number;
  readonly stages: readonly ModelStageChange[];
  /** How far to trust it, one sentence each. */
  readonly trust: readonly string[];
}

export interface ModelsQuery {
  readonly name?: string | undefined;
  readonly stage?: ModelStage | undefined;
}

/** What has moved since a model learnt. */
export interface ModelDriftView {
  readonly id: string;
  /** The worst of features, predictions and performance; null where there is too little to tell. */
  readonly verdict: InputDrift['verdict'];
  readonly from: Day | null;
  readonly to: Day | null;
  readonly rows: number;
  readonly labelled: number;
  readonly features: InputDrift['features'];
  readonly predictions: InputDrift['predictions'];
  readonly performance: Omit<PerformanceDrift, 'rolling'>;
  readonly notes: readonly string[];
}

export interface ModelImport {
  readonly name: string;
}

export interface ModelStageInput {
  readonly stage: ModelStage;
  readonly why: string;
}

/** Models that have learnt: by name and version, with their cards, their drift and who trusts them. */
export interface ModelUseCases {
  models(workspace: string, query: ModelsQuery): Answer<readonly ModelView[]>;
  /** `trend@2`, or `trend` for the newest. */
  model(workspace: string, id: string): Answer<ModelDetailView>;
  /** The page of a model. */
  modelCard(workspace: string, id: string): Answer<ArtifactView>;
  /** Holds the days since it learnt against those from which it did. */
  modelDrift(workspace: string, id: string): Answer<ModelDriftView>;
  setModelStage(
    workspace: string,
    id: string,
    change: ModelStageInput,
    write: WriteOptions,
  ): Written<ModelDetailView>;
  /** Keeps a model that learnt elsewhere: its file, and `features.json`. */
  importModel(
    workspace: string,
    files: readonly UploadedFile[],
    wanted: ModelImport,
    write: WriteOptions,
  ): Written<ModelDetailView>;
}
