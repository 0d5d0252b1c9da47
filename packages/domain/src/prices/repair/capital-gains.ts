import { dayFromNumber } from '@plimsoll/kernel';
import type { AdjustmentCorrections } from './adjustment-corrections.ts';
import { type DayView, spreadOf } from './day-view.ts';
import { placeIn } from './dividend-event.ts';
import { priceTail } from './dividend-hypotheses.ts';
import type { PriceAction } from './price-action.ts';
import { figure, isPrice, type WorkingBars } from './working-bars.ts';

/** A day on which a fund pays both, on the basis of the latest day. */
interface Payout {
  readonly day: number;
  readonly dividend: number;
  readonly gain: number;
  /** Fall of the price as a share of the close before. */
  readonly fall: number;
  readonly closeBefore: number;
}

/** What adjusted closes took off is for both where it is as near as this. */
const near = 0.05;
/** One against seven, for all days together. */
const least = 2;

/**
 * Takes out capital gains that the dividend of the day contains already: the falls of the price,
 * of all such days together, are those of the dividend alone rather than of both. What the
 * adjusted closes took off for both is mended too.
 *
 * @returns The places in the view at which all is settled.
 */
export function dropDoubledGains(
  work: WorkingBars,
  view: DayView,
  corrections: AdjustmentCorrections,
): ReadonlySet<number> {
  const settled = new Set<number>();
  const payouts = payoutsOf(work, view);
  if (payouts.length === 0) return settled;
  const spread = spreadOf(view.falls);
  const fitOf = (share: (payout: Payout) => number): number =>
    payouts.reduce((sum, p) => sum + priceTail((p.fall - share(p)) / spread), 0);
  const certainty =
    fitOf((p) => p.dividend / p.closeBefore) - fitOf((p) => (p.dividend + p.gain) / p.closeBefore);
  if (certainty < least) return settled;
  const days = new Set(payouts.map(({ day }) => day));
  work.actions = work.actions.filter(
    (action) => action.kind !== 'capital-gain' || !days.has(action.day),
  );
  for (const { day, dividend, gain, fall, closeBefore } of payouts) {
    const place = placeIn(view.days, day);
    const basis = view.basis[place] as number;
    const taken = 1 - (view.factor[place - 1] as number) / (view.factor[place] as number);
    const both = (dividend + gain) / closeBefore;
    const isAdjustedForBoth = Math.abs(taken - both) < near * both;
    const factor = (1 - dividend / closeBefore) / (1 - both);
    if (isAdjustedForBoth) {
      corrections.multiplyBefore(place, factor);
      corrections.takeOff(place, dividend / closeBefore);
      settled.add(place);
    }
    work.repairs.push({
      code: 'capital-gain-counted-twice',
      day,
      from: day,
      until: day + 1,
      rows: isAdjustedForBoth ? (view.firstRow[place] as number) : 0,
      fields: isAdjustedForBoth ? ['dividend', 'adjustedClose'] : ['dividend'],
      before: (dividend + gain) * basis,
      after: dividend * basis,
      factor: isAdjustedForBoth ? factor : Number.NaN,
      why: `On ${dayFromNumber(day)} the price fell by ${figure(fall * closeBefore)}: the dividend of ${figure(dividend * basis)} contains the capital gain of ${figure(gain * basis)}, which is stated beside it.`,
      certainty,
    });
  }
  return settled;
}

function payoutsOf({ actions }: WorkingBars, view: DayView): Payout[] {
  const gains = sumsOf(actions, 'capital-gain');
  const dividends = sumsOf(actions, 'dividend');
  return [...gains].flatMap(([day, paid]) => {
    const place = placeIn(view.days, day);
    if (place === 0 || place >= view.days.length) return [];
    const basis = view.basis[place] as number;
    const dividend = (dividends.get(day) ?? 0) / basis;
    const gain = paid / basis;
    if (!isPrice(gain) || !(dividend >= gain)) return [];
    const closeBefore = view.close[place - 1] as number;
    return [{ day, dividend, gain, fall: view.falls[place] as number, closeBefore }];
  });
}

/** What is paid of one kind, by day. */
function sumsOf(
  actions: readonly PriceAction[],
  kind: 'dividend' | 'capital-gain',
): Map<number, number> {
  const sums = new Map<number, number>();
  for (const action of actions) {
    if (action.kind === kind) sums.set(action.day, (sums.get(action.day) ?? 0) + action.amount);
  }
  return sums;
}
