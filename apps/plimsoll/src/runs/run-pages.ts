import type { Report } from '@plimsoll/analytics/analysis';
import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import type { RunOutcome } from '@plimsoll/analytics/runs';
import { runReportOf } from '@plimsoll/engine';
import type { Run } from '@plimsoll/ports';

/** What a page is called among the files of a run. */
export const reportPageName = 'report.html';

/** The report of a run as one page; nothing where it has no report that can be drawn. */
export async function pagesOf(run: Run, outcome: RunOutcome) {
  const report = runReportOf(outcome)?.backtest ?? null;
  if (report === null) return [];
  const bytes = new TextEncoder().encode(await reportPageOf(run, report));
  return [{ name: reportPageName, mediaType: 'text/html', bytes }];
}

/** The page of a report, with what is known of the run beside it. */
async function reportPageOf(
  run: Pick<Run, 'id' | 'codeVersion' | 'strategyHash'>,
  report: BacktestReport,
): Promise<string> {
  const { backtestPage } = await import('../reports/backtest/backtest-page.ts');
  return backtestPage(report, {
    facts: [
      ['Code', run.codeVersion],
      ...(run.strategyHash === null
        ? []
        : ([['Strategy file', run.strategyHash.slice(0, 12)]] as const)),
    ],
    command: run.id === '' ? null : `plimsoll runs rerun ${run.id}`,
  });
}

/** The card of a model as one page. */
export async function cardOf(report: Report): Promise<Uint8Array> {
  const { reportPage } = await import('../reports/report-page.ts');
  // A copy without lists that cannot be changed, which the contract of reports does not know.
  return new TextEncoder().encode(reportPage(JSON.parse(JSON.stringify(report))));
}
