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
  { bars, doubtfulFrom }: Pick<GatedHistory, 'bars' | 'doubtfulFrom'>,
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
  const reason = `Kept back until an action or you confirm it: ${doubt?.detail}`;
  const heldBack = [...bars.days.keys()]
    .filter(isDoubted)
    .map((row) => keptBack(given, bars, row, reason));
  return { bars: rowsWhere(bars, (row) => !isDoubted(row) && !isRejected(row)), heldBack };
}
