import type { DividendEvent } from './dividend-event.ts';
import { priceTail } from './dividend-hypotheses.ts';

/** Two dividends that are perhaps one, told twice. */
export interface TwiceTold {
  readonly phantom: DividendEvent;
  readonly real: DividendEvent;
  /** Whether the falls of the price tell which of the two is real. */
  readonly isProved: boolean;
  /** How unlikely such a repetition is by chance, and how much better the prices fit, in nats. */
  readonly certainty: number;
}

/** Days between an ex-day and its double. */
const nearby = 17;
/** Amounts that differ by less are the same: on neighbouring days one may be converted at another rate. */
const same = 0.01;
const sameOnNeighbouringDays = 0.1;
const neighbouring = 3;
/** At the real one the price fell by half as much again as at the other, */
const clearly = 1.5;
/** and by no less than this share of what was paid; */
const felt = 0.5;
/**
 * and the prices fit so much better, in nats: one against twenty where the later one is dropped. The
 * earlier one needs less, since providers told dividends too early wherever it is known which it was.
 */
const least = { later: 3, earlier: 0.4 };
/** A double comes at a fraction of the usual rhythm. */
const rhythm = 3;

/**
 * Finds dividends that repeat their neighbour's amount (in either unit) within 17 days and in less
 * than a third of the time that usually passes between two, and which of the two is real: the one
 * at which the price fell more, if it did so clearly enough.
 */
export function findTwiceTold(events: readonly DividendEvent[], units: number): TwiceTold[] {
  const told: TwiceTold[] = [];
  const usual = usualGap(events);
  for (let i = 1; i < events.length; i++) {
    const earlier = events[i - 1] as DividendEvent;
    const later = events[i] as DividendEvent;
    const gap = later.day - earlier.day;
    if (gap > nearby || !repeats(earlier, later, units)) continue;
    if (rhythm * gap > usual) continue;
    const isLater = later.falls[0] <= earlier.falls[0];
    const [phantom, real] = isLater ? [later, earlier] : [earlier, later];
    const gain = gainOf(phantom, real);
    const isProved = gain >= (isLater ? least.later : least.earlier) && fellClearly(phantom, real);
    const chance = (gap / usual) * toleranceOf(earlier, later);
    told.push({ phantom, real, isProved, certainty: gain - Math.log(chance) });
    i++;
  }
  return told;
}

const fellClearly = (phantom: DividendEvent, real: DividendEvent): boolean =>
  real.falls[0] >= felt * real.yield && real.falls[0] > clearly * Math.max(0, phantom.falls[0]);

/** How much better the prices of both fit if this one is real than if the other is. */
function gainOf(phantom: DividendEvent, real: DividendEvent): number {
  const fitOf = ({ falls, spread }: DividendEvent, share: number): number =>
    priceTail((falls[0] - share) / spread);
  const share = Math.min(phantom.yield, real.yield);
  return fitOf(phantom, 0) + fitOf(real, share) - fitOf(phantom, share) - fitOf(real, 0);
}

const toleranceOf = (a: DividendEvent, b: DividendEvent): number =>
  b.day - a.day <= neighbouring ? sameOnNeighbouringDays : same;

function repeats(a: DividendEvent, b: DividendEvent, units: number): boolean {
  const ratio = a.amount / b.amount;
  const tolerance = toleranceOf(a, b);
  return [1, units, 1 / units].some((times) => Math.abs(ratio / times - 1) < tolerance);
}

/** The median of the days between neighbours; 0 where there are none. */
function usualGap(events: readonly DividendEvent[]): number {
  const gaps = new Float64Array(Math.max(0, events.length - 1));
  for (let i = 0; i < gaps.length; i++) {
    gaps[i] = (events[i + 1] as DividendEvent).day - (events[i] as DividendEvent).day;
  }
  gaps.sort();
  return gaps[gaps.length >> 1] ?? 0;
}
