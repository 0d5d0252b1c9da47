import type { Runner } from '../../runner.ts';
import { calendarStats } from './calendar-stats.ts';
import { deflated } from './deflated-sharpe.ts';
import { packageStats, rStats } from './package-stats.ts';
import { returnRiskStats } from './return-risk-stats.ts';
import { rollingStats } from './rolling-stats.ts';

export const runners: readonly Runner[] = [
  returnRiskStats,
  packageStats,
  rStats,
  rollingStats,
  calendarStats,
  deflated,
];
