import { dayFromNumber } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';

/** How what a source says now stands to what is known. */
export type Comparison =
  /** Take the days: those that differ are restated. */
  | { readonly verdict: 'agrees'; readonly restated: number }
  /** Another source than before: take the days that are not known alone. */
  | { readonly verdict: 'only-new' }
  /** Take nothing. */
  | {
      readonly verdict: 'rewritten' | 'disagrees';
      readonly detail: string;
    };

/** Closes that differ by less are the same, written differently. */
const same = 1e-6;
/** With more than this share of the known days changed at once, it is another history. */
const mostRestated = 0.5;
/** Fewer days in common than this say nothing about a share of them. */
const fewDays = 4;
/** A difference below this is rounding or another closing time. */
const realDifference = 0.005;
/** A factor nearer to 1 than this is rounding. */
const leastFactor = 1e-4;
/** How far the closes of two honest sources may lie apart in the middle. */
const otherSource = 0.02;

/**
 * Compares closes as they come with those that are known, both as traded. The source the known ones
 * came from may restate days; where it changes more than half of them, or all by one factor, it tells
 * another history: other units, an adjusted series, another share.
 */
export function compareKnown(
  known: DailyBars,
  coming: DailyBars,
  isSameSource: boolean,
): Comparison {
  const { days, ratios } = overlap(known, coming);
  if (days.length === 0) return { verdict: 'agrees', restated: 0 };
  const changed = ratios.map((ratio) => Math.abs(ratio - 1) > same);
  const restated = changed.filter(Boolean).length;
  const moved = ratios.filter((ratio) => !(Math.abs(ratio - 1) <= realDifference)).length;
  if (restated === 0) {
    return isSameSource ? { verdict: 'agrees', restated: 0 } : { verdict: 'only-new' };
  }
  const day = days[changed.indexOf(true)] ?? 0;
  const middle = median(ratios);
  const isFactor = areOneFactor(ratios, middle);
  const verdict = isSameSource ? 'rewritten' : 'disagrees';
  if (isFactor) {
    const detail = `All ${days.length} known days since ${dayFromNumber(days[0] ?? 0)} come ${factorText(middle)} times as high: a split that is not on record, another unit, or an adjusted series.`;
    return { verdict, detail };
  }
  if (isSameSource) {
    const isRewritten = days.length >= fewDays && moved > mostRestated * days.length;
    if (!isRewritten) return { verdict: 'agrees', restated };
    const detail = `${moved} of ${days.length} known days since ${dayFromNumber(day)} come with other closes.`;
    return { verdict, detail };
  }
  if (Math.abs(middle - 1) <= otherSource) return { verdict: 'only-new' };
  const detail = `Its closes lie ${shown(Math.abs(middle - 1) * 100)} % from the known ones in the middle of ${days.length} days.`;
  return { verdict, detail };
}

/**
 * Whether one factor lies between the two: all ratios within a fifth of the median's distance from 1,
 * at most 1 %. Few days show only a factor that nothing else could be.
 */
function areOneFactor(ratios: readonly number[], middle: number): boolean {
  const distance = Math.abs(middle - 1);
  if (ratios.length < 2 || distance < (ratios.length < fewDays ? realDifference : leastFactor)) {
    return false;
  }
  const slack = Math.min(distance / 5, 0.01);
  return ratios.every((ratio) => Math.abs(ratio - middle) <= slack);
}

/** Days that both have, and coming ÷ known. */
function overlap(known: DailyBars, coming: DailyBars) {
  const days: number[] = [];
  const ratios: number[] = [];
  let at = 0;
  for (const [row, day] of coming.days.entries()) {
    while ((known.days[at] ?? Number.POSITIVE_INFINITY) < day) at++;
    if (known.days[at] !== day) continue;
    days.push(day);
    ratios.push((coming.close[row] ?? Number.NaN) / (known.close[at] ?? Number.NaN));
  }
  return { days, ratios };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

/** Enough digits to tell it from 1. */
const factorText = (value: number): string => String(Number(value.toPrecision(6)));

const shown = (value: number): string => String(Number(value.toPrecision(3)));

/** Where two sources differ on recent days, in one sentence; null where they agree or share no day. */
export function sourcesDisagree(
  names: readonly [string, string],
  first: DailyBars,
  second: DailyBars,
): { readonly day: number; readonly detail: string } | null {
  const { days, ratios } = overlap(first, second);
  const apart = ratios.map((ratio) => !(Math.abs(ratio - 1) <= realDifference));
  const count = apart.filter(Boolean).length;
  // One day apart is a closing auction that one of them has not; more is a pattern.
  if (
    count < 2 &&
    !(count === 1 && Math.abs((ratios[apart.indexOf(true)] ?? 1) - 1) > otherSource)
  ) {
    return null;
  }
  const day = days[apart.indexOf(true)] ?? 0;
  const detail = `${names[0]} and ${names[1]} differ on ${count} of ${days.length} days since ${dayFromNumber(days[0] ?? 0)}; in the middle ${names[1]} has ${shown(median(ratios))} times the close of ${names[0]}.`;
  return { day, detail };
}
