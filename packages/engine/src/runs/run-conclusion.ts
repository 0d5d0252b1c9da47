import type { RunOutcome } from '@plimsoll/analytics/runs';
import type { RunFigures, RunTries } from '@plimsoll/ports';
import { resultHash } from './result-hash.ts';
import { type Headline, headlineOfRun } from './run-headline.ts';
import { reportHeadline, runReportOf } from './run-report.ts';
import { trustOf } from './run-trust.ts';
import type { RunSummary } from './run-use-cases.ts';
import { type RunInputs, triedOf } from './run-work.ts';
import { distinctTries, triesOf } from './tried.ts';

export const noFigures: RunFigures = {
  totalReturn: null,
  annualReturn: null,
  volatility: null,
  sharpe: null,
  maxDrawdown: null,
  finalEquity: null,
  trades: null,
};

/** What a run comes to. */
export interface RunConclusion {
  /** Null where it has no equity. */
  readonly headline: Headline | null;
  readonly summary: RunSummary;
  readonly resultHash: string;
  readonly tries: RunTries;
  /** Distinct sets tried on these data, with this run's. */
  readonly counted: number;
}

/** Concludes what a run has given; `before` is what was tried on the same data, by whichever run. */
export function conclude(
  inputs: RunInputs,
  outcome: RunOutcome,
  before: readonly RunTries[],
): RunConclusion {
  const { run, loaded, terms } = inputs;
  const headline = headlineOfRun(outcome);
  const report = runReportOf(outcome);
  const sharpe = headline?.dailySharpe ?? null;
  const tries = triesOf(run.id, triedOf(inputs), outcome, { terms, sharpe });
  const others = before.filter(({ runId }) => runId !== run.id);
  const counted = distinctTries([...others, tries]).size;
  const notes = [
    ...loaded.notes,
    ...loaded.market.notes,
    ...(outcome.result?.notes ?? []),
    ...(report?.notes ?? []),
  ];
  const summary: RunSummary = {
    headline: reportHeadline(outcome) ?? headline?.sentence ?? `${run.title} has finished.`,
    base: loaded.market.base,
    figures: headline?.figures ?? [],
    trust: trustOf(report, counted),
    notes: [...new Set(notes)],
    rerun: null,
  };
  return { headline, summary, resultHash: resultHash(outcome), tries, counted };
}
