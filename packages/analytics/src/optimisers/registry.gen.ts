// Written by `npm run gen` from the folders of this package. Do not edit.
import equalWeightEntry from './equal-weight/index.ts';
import hierarchicalEqualRiskEntry from './hierarchical-equal-risk/index.ts';
import hierarchicalRiskParityEntry from './hierarchical-risk-parity/index.ts';
import inverseVolatilityEntry from './inverse-volatility/index.ts';
import maxActiveReturnEntry from './max-active-return/index.ts';
import maxDiversificationEntry from './max-diversification/index.ts';
import maxGrowthEntry from './max-growth/index.ts';
import maxReturnEntry from './max-return/index.ts';
import maxSharpeEntry from './max-sharpe/index.ts';
import maxUtilityEntry from './max-utility/index.ts';
import minAbsoluteDeviationEntry from './min-absolute-deviation/index.ts';
import minAverageDrawdownEntry from './min-average-drawdown/index.ts';
import minCdarEntry from './min-cdar/index.ts';
import minCvarEntry from './min-cvar/index.ts';
import minEvarEntry from './min-evar/index.ts';
import minMaxDrawdownEntry from './min-max-drawdown/index.ts';
import minSemiVarianceEntry from './min-semi-variance/index.ts';
import minTrackingErrorEntry from './min-tracking-error/index.ts';
import minVarianceEntry from './min-variance/index.ts';
import minWorstLossEntry from './min-worst-loss/index.ts';
import nestedClustersEntry from './nested-clusters/index.ts';
import resampledEntry from './resampled/index.ts';
import riskParityEntry from './risk-parity/index.ts';
import robustEntry from './robust/index.ts';
import targetReturnEntry from './target-return/index.ts';
import targetRiskEntry from './target-risk/index.ts';

/** All optimisers, by the order of their ids. */
export const optimisers = [
  equalWeightEntry,
  hierarchicalEqualRiskEntry,
  hierarchicalRiskParityEntry,
  inverseVolatilityEntry,
  maxActiveReturnEntry,
  maxDiversificationEntry,
  maxGrowthEntry,
  maxReturnEntry,
  maxSharpeEntry,
  maxUtilityEntry,
  minAbsoluteDeviationEntry,
  minAverageDrawdownEntry,
  minCdarEntry,
  minCvarEntry,
  minEvarEntry,
  minMaxDrawdownEntry,
  minSemiVarianceEntry,
  minTrackingErrorEntry,
  minVarianceEntry,
  minWorstLossEntry,
  nestedClustersEntry,
  resampledEntry,
  riskParityEntry,
  robustEntry,
  targetReturnEntry,
  targetRiskEntry,
] as const;
