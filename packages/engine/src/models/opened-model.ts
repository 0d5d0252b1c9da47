import type { StoredModel } from '@plimsoll/ports';
import type { RunParts } from '../engine-context.ts';
import type { ModelFile } from './model-file.ts';

/** A model that learnt here, with its file. */
export interface OpenedModel {
  readonly model: StoredModel;
  readonly file: ModelFile;
  readonly runs: RunParts;
}
