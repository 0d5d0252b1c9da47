import type { Json } from '@plimsoll/kernel';

export const modelStages = ['candidate', 'accepted', 'retired'] as const;
/** How far a model is trusted by its owner. */
export type ModelStage = (typeof modelStages)[number];

/** A model before it is kept. */
export interface NewStoredModel {
  /** `trend`; models of one name are versions of it. */
  readonly name: string;
  readonly title: string;
  /** Id of the kind, `boosted-trees`, or `onnx`. */
  readonly kind: string;
  /** The run that learnt it; null where it was brought in. */
  readonly runId: string | null;
  readonly createdBy: string;
  /** Everything that is to be known of it, without what it learnt itself. */
  readonly record: Json;
  /** The configuration it was learnt by; null where it was brought in. */
  readonly config: Json;
  /** Name of its file in the object store, with its SHA-256 and size. */
  readonly object: string;
  readonly sha256: string;
  readonly size: number;
}

/** A model of the registry. */
export interface StoredModel extends NewStoredModel {
  /** From 1. */
  readonly version: number;
  readonly stage: ModelStage;
  readonly createdAt: string;
}

/** Who moved a model to a stage, when and why. */
export interface ModelStageChange {
  readonly stage: ModelStage;
  readonly by: string;
  readonly why: string;
  readonly at: string;
}

/** Models of a workspace by name and version. They outlive the runs that learnt them. */
export interface ModelStore {
  /**
   * The next version of a name; the same again for the same purpose, such as the id of a run. A number
   * whose model never came leaves a gap.
   */
  reserve(name: string, purpose: string): Promise<number>;
  /** Keeps a model, a candidate, under a version that was reserved. */
  add(version: number, model: NewStoredModel): Promise<StoredModel>;
  /** The newest where no version is named. */
  find(name: string, version: number | null): Promise<StoredModel | null>;
  /** By name, the newest version first. */
  all(filter?: {
    readonly name?: string | undefined;
    readonly stage?: ModelStage | undefined;
  }): Promise<readonly StoredModel[]>;
  /** False where there is no such model. */
  setStage(name: string, version: number, change: Omit<ModelStageChange, 'at'>): Promise<boolean>;
  /** Oldest first. */
  stages(name: string, version: number): Promise<readonly ModelStageChange[]>;
}
