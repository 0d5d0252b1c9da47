// Written by `npm run gen` from the folders of this package. Do not edit.
import boostedTreesEntry from './boosted-trees/index.ts';
import linearElasticNetEntry from './linear-elastic-net/index.ts';
import logisticElasticNetEntry from './logistic-elastic-net/index.ts';
import randomForestEntry from './random-forest/index.ts';

/** All models, by the order of their ids. */
export const models = [
  boostedTreesEntry,
  linearElasticNetEntry,
  logisticElasticNetEntry,
  randomForestEntry,
] as const;
