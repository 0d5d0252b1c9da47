import type { Report } from '@plimsoll/analytics/analysis';
import type { BacktestReport } from '@plimsoll/analytics/backtest-report';
import { type RunOutcome, type RunReport, walkForwardView } from '@plimsoll/analytics/runs';
import { runReportOf } from '@plimsoll/engine';
import type { Run } from '@plimsoll/ports';

/** What a page is called among the files of a run. */
export const reportPageName = 'report.html';

/** The report of a run as one page; nothing where it has no report that can be drawn. */
export async function pagesOf(run: Run, outcome: RunOutcome) {
  const report = runReportOf(outcome);
  const bytes = report && (await pageOf(run, report));
  return bytes ? [{ name: reportPageName, mediaType: 'text/html', bytes }] : [];
}

async function pageOf(run: Run, report: RunReport): Promise<Uint8Array | null> {
  if (report.backtest) return new TextEncoder().encode(await reportPageOf(run, report.backtest));
  if (!report.walkForward) return null;
  return cardOf(walkForwardView(`${run.title}: ${report.headline}`, report.walkForward));
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

/** Any report as one page, such as the card of a model. */
export async function cardOf(report: Report): Promise<Uint8Array> {
  const { reportPage } = await import('../reports/report-page.ts');
  // A copy without lists that cannot be changed, which the contract of reports does not know.
  return new TextEncoder().encode(reportPage(JSON.parse(JSON.stringify(report))));
}
