import type { Runner } from '../../runner.ts';
import { hierarchyRunners } from './hierarchy-runners.ts';
import { riskRunners } from './risk-runners.ts';
import { shareRunners } from './share-runners.ts';
import { viewRunners } from './view-runners.ts';

/** Cases of allocation by risk, trees, tails, growth and views, and of whole shares. */
export const runners: readonly Runner[] = [
  ...hierarchyRunners,
  ...riskRunners,
  ...viewRunners,
  ...shareRunners,
];
