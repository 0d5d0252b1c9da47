import type { ReportInput } from '../backtest-report/report-input.ts';
import {
  judged,
  lookAhead,
  luck,
  overfitting,
  type Trust,
  unseen,
} from '../backtest-report/trust.ts';
import type { TrustLine } from '../backtest-report/trust-line.ts';
import type { WalkForwardReport } from '../search/walk-forward-report.ts';
import type { ReturnSample } from '../statistics/return-sample.ts';

/** What a walk-forward is asked, beside its own figures. */
export type WalkForwardDoubts = Pick<
  ReportInput,
  'probe' | 'tried' | 'overfitting' | 'unseenFrom' | 'seenBefore'
>;

/** How far what came of a walk-forward can be trusted; `sample` has the returns out of sample. */
export function walkForwardTrust(
  report: WalkForwardReport,
  doubts: WalkForwardDoubts,
  sample: ReturnSample,
): Trust {
  const lines = [
    lookAhead(doubts),
    windowsThatGained(report),
    efficiency(report),
    luck(doubts, sample),
    unseenDays(report, doubts, sample),
    overfitting(doubts),
  ];
  return { ...judged(lines), lines };
}

function windowsThatGained({
  windows,
  profitableWindows,
  outOfSample,
}: WalkForwardReport): TrustLine {
  const about = {
    id: 'windows',
    title: 'Windows that gained',
    unit: 'fraction',
    formula: 'windows with a gain out of sample ÷ windows',
  } as const;
  const { value } = profitableWindows;
  if (value === null || outOfSample.trades === 0) {
    return { ...about, verdict: 'unknown', value: null, text: 'Nothing was traded out of sample.' };
  }
  const text = `${Math.round(value * windows.length)} of ${windows.length} out-of-sample parts.`;
  if (windows.length < 4) {
    return {
      ...about,
      verdict: 'unknown',
      value,
      text: `${text} Four windows are the least to judge by.`,
    };
  }
  return { ...about, verdict: value >= 0.6 ? 'pass' : value >= 0.5 ? 'warn' : 'fail', value, text };
}

function efficiency({ efficiency: { value, why }, outOfSample }: WalkForwardReport): TrustLine {
  const about = {
    id: 'efficiency',
    title: 'Kept out of sample',
    unit: 'ratio',
    formula: 'annual growth out of sample ÷ in sample',
  } as const;
  if (value === null || outOfSample.trades === 0) {
    const text = value === null ? `Not known: ${why}.` : 'Nothing was traded out of sample.';
    return { ...about, verdict: 'unknown', value: null, text };
  }
  const text = 'Of what the search promised a year; 1 keeps all of it, half is usual.';
  return { ...about, verdict: value >= 0.5 ? 'pass' : value > 0 ? 'warn' : 'fail', value, text };
}

/** Days are unseen no more where a window chooses by them. */
function unseenDays(
  { windows }: WalkForwardReport,
  doubts: WalkForwardDoubts,
  sample: ReturnSample,
): TrustLine {
  const line = unseen(doubts, sample);
  const { unseenFrom } = doubts;
  const used = usedUnseen(windows, unseenFrom);
  if (unseenFrom === null || used.length === 0) return line;
  const text = `${line.text} ${used.length} of ${windows.length} windows chose by days from ${unseenFrom} on, so that these are not unseen.`;
  return { ...line, verdict: line.verdict === 'pass' ? 'warn' : line.verdict, text };
}

/** Numbers of the windows that chose by days which were to be unseen. */
export const usedUnseen = (
  windows: WalkForwardReport['windows'],
  unseenFrom: string | null,
): readonly number[] =>
  unseenFrom === null
    ? []
    : windows.filter(({ inSample }) => inSample.lastDay >= unseenFrom).map(({ number }) => number);
