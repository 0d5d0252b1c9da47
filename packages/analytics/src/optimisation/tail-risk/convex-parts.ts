import type { RegionPart } from '../problem/region.ts';

/** The parts of a region that `minimiseOverRegion` keeps, under `bestOf` for those that count names. */
export const convexParts: readonly RegionPart[] = [
  'rows',
  'turnover',
  'gross',
  'long',
  'short',
  'maxNames',
  'minWeight',
];
