import { dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars, QuarantinedPrice } from '@plimsoll/ports';
import { rowsWhere } from './bar-rows.ts';
import type { GatedHistory } from './gate-history.ts';
import { closeOf, keptBack } from './quality-findings.ts';
import { anchorOf, type ToTake } from './to-take.ts';

/** Rows at the end of a first load in which a jump cannot be told from a mistake. */
const unproven = 3;

/** Rows of a level that nothing proves yet, and rows that somebody has rejected for good. */
export function holdBack(
  given: ToTake,
  {
    bars,
    doubtfulFrom,
    isWanted,
  }: Pick<GatedHistory, 'bars' | 'doubtfulFrom'> & {
    /** Whether somebody has said that this history is to be taken, whatever is known. */
    readonly isWanted: boolean;
  },
): { readonly bars: DailyBars; readonly heldBack: readonly QuarantinedPrice[] } {
  const { known, decided } = given;
  const knownClose = new Map([...known.days].map((day, row) => [day, known.close[row] ?? 0]));
  const lastRows = bars.days[bars.days.length - unproven] ?? given.from;
  const doubt = doubtfulFrom.find(({ day }) => {
    if (known.days.length === 0) return day >= lastRows;
    const before = knownClose.get(day);
    if (before === undefined) return day > anchorOf(given);
    const now = bars.close[bars.days.indexOf(day)] ?? Number.NaN;
    return !(Math.abs(now / before - 1) < 0.01);
  });
  const rejected = new Set(
    decided
      .filter(({ kind, state }) => kind === 'row' && state === 'rejected')
      .map(({ day, evidence }) => `${day} ${closeOf(evidence)}`),
  );
  const isRejected = (row: number) =>
    rejected.has(`${dayFromNumber(bars.days[row] ?? 0)} ${bars.close[row]}`);
  const isDoubted = (row: number) => doubt !== undefined && (bars.days[row] ?? 0) >= doubt.day;
  const reasons = new Map<number, string>();
  for (const row of bars.days.keys()) {
    const restated = isWanted ? null : restates(given, bars, row);
    if (isDoubted(row)) {
      reasons.set(row, `Kept back until an action or you confirm it: ${doubt?.detail}`);
    } else if (restated !== null && !isRejected(row)) reasons.set(row, restated);
  }
  const heldBack = [...reasons].map(([row, reason]) => keptBack(given, bars, row, reason));
  return { bars: rowsWhere(bars, (row) => !reasons.has(row) && !isRejected(row)), heldBack };
}

/** A known close is restated by more than this share only where it was the odd one. */
const mostRestatement = 0.05;

/**
 * Why a row may not restate a known day: it would move its close far, and away from the closes beside
 * it. Null where it may, where the day is new, or where somebody has released the row.
 */
function restates({ known, decided }: ToTake, bars: DailyBars, row: number): string | null {
  const day = bars.days[row] ?? 0;
  const at = known.days.indexOf(day);
  const [before, now] = [known.close[at] ?? Number.NaN, bars.close[row] ?? Number.NaN];
  if (at < 0 || !(Math.abs(now / before - 1) > mostRestatement)) return null;
  const beside = [known.close[at - 1], known.close[at + 1]].filter((close) => close !== undefined);
  const away = (close: number) =>
    beside.reduce((sum, other) => sum + Math.abs(Math.log(close / other)), 0);
  if (beside.length > 0 && away(now) < away(before)) return null;
  const isReleased = decided.some(
    (one) =>
      one.kind === 'row' &&
      one.state === 'released' &&
      one.day === dayFromNumber(day) &&
      closeOf(one.evidence) === now,
  );
  if (isReleased) return null;
  const share = ((now / before - 1) * 100).toFixed(1);
  return `Kept back until you confirm it: the known close of ${dayFromNumber(day)}, ${before}, comes as ${now} (${share} %), which lies further from the days beside it.`;
}
