import type { RunOutcome, RunReport } from '@plimsoll/analytics/runs';

/** The report of a backtest, a sweep or a walk-forward; null of a training. */
export function runReportOf({ report }: Pick<RunOutcome, 'report'>): RunReport | null {
  const isOne =
    typeof report === 'object' && report !== null && 'backtest' in report && 'sweep' in report;
  // Whoever carries such a run out gives a report of these members.
  return isOne ? (report as RunReport) : null;
}

/** What a report says first; null where it says nothing of the kind. */
export function reportHeadline({ report }: Pick<RunOutcome, 'report'>): string | null {
  if (typeof report !== 'object' || report === null || !('headline' in report)) return null;
  return typeof report.headline === 'string' ? report.headline : null;
}
