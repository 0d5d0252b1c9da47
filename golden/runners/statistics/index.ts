import type { Runner } from '../../runner.ts';
import { packageStats, rStats } from './package-stats.ts';
import { returnRiskStats } from './return-risk-stats.ts';

export const runners: readonly Runner[] = [returnRiskStats, packageStats, rStats];
