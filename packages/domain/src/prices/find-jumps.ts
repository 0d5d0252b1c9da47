import { type DayNumber, dayFromNumber } from '@plimsoll/kernel';
import { robustScale, thinned } from './robust-scale.ts';

/** A stretch of closes, `from` included, `until` excluded, that left the level and came back to it. */
export interface BadStretch {
  readonly from: number;
  readonly until: number;
  readonly code: 'unit-slip' | 'bad-tick';
  readonly reason: string;
}

/** A jump that nothing explains but that may be true: for the user to look at. */
export interface PriceNote {
  readonly day: DayNumber;
  readonly kind: 'suspect-split' | 'suspect-unit-change' | 'jump-at-corporate-action';
  /** Close ÷ close before. */
  readonly ratio: number;
  readonly detail: string;
}

export interface Jumps {
  readonly stretches: readonly BadStretch[];
  readonly notes: readonly PriceNote[];
}

/** Smaller moves are never doubted: ln 1.8, a fall of 44 % or a rise of 80 %. */
const smallestJump = Math.log(1.8);
/** A jump is beyond so many robust standard deviations of the returns, of all and of those around it. */
const sigmas = 10;
/** Rows on each side that say how lively the price was just then. */
const neighbourhood = 10;
/** With fewer returns than this, the jump itself would spoil the measure and is left out of it. */
const fewReturns = 30;
/** Longest stretch of a bad tick, in rows. */
const longestTick = 3;
/** Longest stretch in another unit (pence for pounds), in rows: about a quarter of a year. */
const longestSlip = 65;
const hundred = Math.log(100);
/** A unit slip is a factor of 100, give or take what the price itself moved meanwhile. */
const slipSlack = Math.log(1.25);

interface Closes {
  readonly days: Int32Array;
  readonly close: Float64Array;
  readonly returns: readonly number[];
  readonly scale: number;
}

/**
 * Finds closes that cannot be true beside their neighbours. A jump beyond 10 robust standard
 * deviations (1.4826 · MAD of the log returns) and beyond ln 1.8 that comes back to the old level
 * within 3 rows is a bad tick; a factor of 100 that comes back within 65 rows is a unit slip. A jump
 * that stays may be a split, a crash or a changed unit, and is only noted. Nothing is doubted where
 * either end of the stretch is a day with a corporate action.
 *
 * @param days  Strictly rising.
 * @param close Positive and finite, as many as `days`.
 */
export function findJumps(
  days: Int32Array,
  close: Float64Array,
  actionDays: ReadonlySet<DayNumber>,
): Jumps {
  const returns = logReturns(close);
  const closes = {
    days,
    close,
    returns,
    scale: robustScale(Array.from(thinned(Float64Array.from(returns)))),
  };
  const stretches: BadStretch[] = [];
  const notes: PriceNote[] = [];
  for (let at = 1; at < days.length; at++) {
    const jump = returns[at - 1] as number;
    if (Math.abs(jump) <= smallestJump) continue;
    const until = comesBackAt(closes, at, jump);
    if (!isBeyond(closes, at, until ?? at, jump)) continue;
    const explained = [days[at], days[until ?? at]].some((day) => actionDays.has(day as number));
    if (until === undefined) {
      if (!explained) notes.push(persistingNote(closes, at, jump));
      continue;
    }
    if (explained) notes.push(actionNote(closes, at, jump));
    else stretches.push(badStretch(closes, at, until, jump));
    at = until;
  }
  return { stretches, notes };
}

/** `returns[i]` is the log return into row i + 1. */
function logReturns(close: Float64Array): number[] {
  const returns: number[] = [];
  for (let i = 1; i < close.length; i++) {
    returns.push(Math.log((close[i] as number) / (close[i - 1] as number)));
  }
  return returns;
}

const isSlip = (jump: number): boolean => Math.abs(Math.abs(jump) - hundred) < slipSlack;

/** The first row after the jump that is back at the level before it, if all between stay away. */
function comesBackAt(closes: Closes, at: number, jump: number): number | undefined {
  const { close } = closes;
  const before = close[at - 1] as number;
  const slip = isSlip(jump);
  const last = Math.min(close.length - 1, at + (slip ? longestSlip : longestTick));
  const near = slip ? Math.log(1.6) : Math.min(Math.abs(jump) / 4, Math.log(1.25));
  for (let row = at + 1; row <= last; row++) {
    const distance = Math.log((close[row] as number) / before);
    if (Math.abs(distance) <= near) return row;
    if (distance * Math.sign(jump) < Math.abs(jump) * 0.75) return undefined;
  }
  return undefined;
}

/** Whether the jump into `at` is out of all proportion to the other returns, near and far. */
function isBeyond(closes: Closes, at: number, until: number, jump: number): boolean {
  const { returns } = closes;
  if (returns.length >= fewReturns && Math.abs(jump) <= sigmas * closes.scale) return false;
  const before = returns.slice(Math.max(0, at - 1 - neighbourhood), at - 1);
  const near = [...before, ...returns.slice(until, until + neighbourhood)];
  const far =
    returns.length < fewReturns
      ? robustScale([...returns.slice(0, at - 1), ...returns.slice(until)])
      : closes.scale;
  return Math.abs(jump) > sigmas * Math.max(far, robustScale(near));
}

function badStretch(closes: Closes, from: number, until: number, jump: number): BadStretch {
  const { close, days } = closes;
  const before = close[from - 1] as number;
  const factor = shortNumber((close[from] as number) / before);
  const back = `${close[until]} on ${dayFromNumber(days[until] as number)}`;
  const story = `${before} before, ${factor} times that here, then ${back}`;
  return isSlip(jump)
    ? { from, until, code: 'unit-slip', reason: `Looks like another unit: ${story}.` }
    : { from, until, code: 'bad-tick', reason: `Jumps and comes back: ${story}.` };
}

function persistingNote(closes: Closes, at: number, jump: number): PriceNote {
  const { close, days } = closes;
  const ratio = Math.exp(jump);
  const day = days[at] as number;
  const moved = `From ${close[at - 1]} to ${close[at]} on ${dayFromNumber(day)}, and it stayed`;
  return isSlip(jump)
    ? {
        day,
        kind: 'suspect-unit-change',
        ratio,
        detail: `${moved}: the unit may have changed, such as pence to pounds. Check both halves.`,
      }
    : {
        day,
        kind: 'suspect-split',
        ratio,
        detail: `${moved}: if it was ${splitGuess(ratio)}, record it.`,
      };
}

function actionNote(closes: Closes, at: number, jump: number): PriceNote {
  const day = closes.days[at] as number;
  const detail = `The close jumps at the corporate action of ${dayFromNumber(day)} and comes back; check the row.`;
  return { day, kind: 'jump-at-corporate-action', ratio: Math.exp(jump), detail };
}

function splitGuess(ratio: number): string {
  const whole = Math.round(ratio < 1 ? 1 / ratio : ratio);
  return ratio < 1 ? `a split of ${whole} for 1` : `a reverse split of 1 for ${whole}`;
}

const shortNumber = (value: number): string => String(Number(value.toPrecision(3)));
