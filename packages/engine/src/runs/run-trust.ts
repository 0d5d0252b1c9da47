import { trustSentence } from '@plimsoll/analytics/backtest-report';
import type { LookAheadProbe, RunReport } from '@plimsoll/analytics/runs';

/** How far to trust a run, one sentence each: what its report asks, and how often it was tried. */
export function trustOf(report: RunReport | null, tries: number): readonly string[] {
  const trust = report?.backtest?.trust ?? report?.walkForward?.trust ?? null;
  const base = report?.backtest?.base ?? '';
  const probe = trust === null ? (report?.probe ?? null) : null;
  const sets = tries === 1 ? 'the first parameter set' : `one of ${tries} parameter sets`;
  return [
    ...(trust === null
      ? []
      : [trust.summary, ...trust.lines.map((line) => trustSentence(line, base))]),
    ...(probe === null ? [] : [probeSentence(probe), ...probe.notes]),
    `It is ${sets} tried with this strategy on these data.`,
  ];
}

function probeSentence({ runs, changed, changedByHistory }: LookAheadProbe): string {
  if (runs.length === 0) return 'It was not probed for look-ahead.';
  const compared = runs.reduce((sum, { decisions }) => sum + decisions, 0);
  const past = `${compared} decisions were compared with those made when the future was cut off or shuffled`;
  const verdict = changed === 0 ? 'none changed' : `${changed} changed: it sees the future`;
  const history =
    changedByHistory === 0
      ? ''
      : ` ${changedByHistory} changed when the history began later: it needs a longer warm-up.`;
  return `${past}; ${verdict}.${history}`;
}
