import type { Instrument, PriceSplit } from '@plimsoll/domain';
import { type Day, dayFromNumber, toFloat } from '@plimsoll/kernel';
import type { DailyBars } from '@plimsoll/ports';
import { isUndone } from './is-undone.ts';

/** A step of the price that looks like a split of which the record does not tell. */
export interface GuessedSplit {
  readonly day: Day;
  /** New units per old one. */
  readonly ratio: number;
}

type Closes = Pick<DailyBars, 'days' | 'close'>;

/**
 * Closes as if every split had been there from the start. Some providers have undone a split in
 * their closes already: where the close of its day is nearer to the one before than to its share of
 * it, nothing is left to undo.
 */
export function withoutSplits(
  { days, close }: Closes,
  splits: readonly PriceSplit[],
): Float64Array {
  const level = Float64Array.from(close);
  for (const { day, numerator, denominator } of splits) {
    const share = toFloat(denominator) / toFloat(numerator);
    if (!(share > 0) || isUndone({ days, close }, day, 1 / share)) continue;
    rescale(
      level,
      days.findIndex((one) => one >= day),
      share,
    );
  }
  return level;
}

const stepAt = (close: Float64Array, at: number): number =>
  Math.log((close[at] ?? Number.NaN) / (close[at - 1] ?? Number.NaN));

function rescale(level: Float64Array, until: number, share: number): void {
  for (let i = 0; i < until; i++) level[i] = (level[i] ?? Number.NaN) * share;
}

const usualRatios = [2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 100];
/** How far a day's own return may take the step from the ratio: 6 %. */
const leeway = Math.log(1.06);
/** A step counts only if it is this many times the usual one. */
const timesUsual = 12;

/**
 * Undoes steps that only a split explains: a usual ratio or its inverse within 6 %, at least twelve
 * times the median absolute step. What was held only later, or never, has splits of which the record
 * cannot tell. Shares and funds only: coins do halve in a day.
 */
export function undoGuessedSplits(
  { kind }: Pick<Instrument, 'kind'>,
  { days }: Closes,
  level: Float64Array,
): GuessedSplit[] {
  if (kind !== 'equity' && kind !== 'etf' && kind !== 'fund') return [];
  const found: GuessedSplit[] = [];
  const usual = medianStep(level);
  for (let i = level.length - 1; i > 0; i--) {
    const step = stepAt(level, i);
    if (!(Math.abs(step) > timesUsual * usual)) continue;
    const ratio = usualRatios.find((one) => Math.abs(Math.abs(step) - Math.log(one)) < leeway);
    if (ratio === undefined) continue;
    const units = step < 0 ? ratio : 1 / ratio;
    rescale(level, i, 1 / units);
    found.push({ day: dayFromNumber(days[i] ?? 0), ratio: units });
  }
  return found.reverse();
}

function medianStep(level: Float64Array): number {
  const steps: number[] = [];
  for (let i = 1; i < level.length; i++) {
    const step = Math.abs(stepAt(level, i));
    if (Number.isFinite(step)) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 0;
}
